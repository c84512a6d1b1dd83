// Which theme the user wants: light, dark or whatever the system says.
import { FluentProvider, PortalMountNodeProvider } from "@fluentui/react-components";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { t } from "./texts";
import { type ColorScheme, themes } from "./theme";

export type ThemeChoice = ColorScheme | "system";

const STORAGE_KEY = "cashline.theme";
const DARK = "(prefers-color-scheme: dark)";

interface SchemeContext {
  scheme: ColorScheme;
  choice: ThemeChoice;
  choose: (choice: ThemeChoice) => void;
}

const Context = createContext<SchemeContext>({
  scheme: "light",
  choice: "system",
  choose: () => undefined,
});

export const useColorScheme = (): SchemeContext => useContext(Context);

function storedChoice(): ThemeChoice {
  try {
    const stored = localStorage.getItem(STORAGE_KEY);
    return stored === "light" || stored === "dark" ? stored : "system";
  } catch {
    return "system";
  }
}

export function ThemeRoot({ children }: { children: ReactNode }) {
  const [popups, setPopups] = useState<HTMLElement | null>(null);
  const [choice, setChoice] = useState<ThemeChoice>(storedChoice);
  const [systemIsDark, setSystemIsDark] = useState(() => matchMedia(DARK).matches);

  useEffect(() => {
    const query = matchMedia(DARK);
    const onChange = () => setSystemIsDark(query.matches);
    query.addEventListener("change", onChange);
    return () => query.removeEventListener("change", onChange);
  }, []);

  const system: ColorScheme = systemIsDark ? "dark" : "light";
  const scheme = choice === "system" ? system : choice;

  useEffect(() => {
    // Native controls (dates, scroll bars) follow the same scheme.
    document.documentElement.style.colorScheme = scheme;
  }, [scheme]);

  const value = useMemo(
    () => ({
      scheme,
      choice,
      choose: (next: ThemeChoice) => {
        setChoice(next);
        try {
          localStorage.setItem(STORAGE_KEY, next);
        } catch {
          // Without storage the choice lasts as long as the page.
        }
      },
    }),
    [scheme, choice],
  );

  return (
    <Context.Provider value={value}>
      <FluentProvider theme={themes[scheme]}>
        <PortalMountNodeProvider value={popups ?? undefined}>{children}</PortalMountNodeProvider>
        {/* Lists and menus that open over the page belong to a landmark, too. */}
        <section ref={setPopups} aria-label={t.shell.popups} />
      </FluentProvider>
    </Context.Provider>
  );
}
