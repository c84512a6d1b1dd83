import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { useRouter } from "@tanstack/react-router";
import { type AnchorHTMLAttributes, type MouseEvent, useCallback } from "react";
import { hrefOf } from "./paths";

const useStyles = makeStyles({
  link: {
    color: tokens.colorBrandForegroundLink,
    textDecorationLine: "none",
    borderRadius: tokens.borderRadiusSmall,
    ":hover": { textDecorationLine: "underline", color: tokens.colorBrandForegroundLinkHover },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  inline: { textDecorationLine: "underline" },
  subtle: {
    color: tokens.colorNeutralForeground2,
    ":hover": { color: tokens.colorNeutralForeground2Hover },
  },
});

/** Goes to a page of the workspace. */
export function useGo(): (path: string, replace?: boolean) => void {
  const router = useRouter();
  return useCallback(
    (path: string, replace = false) => {
      if (replace) {
        router.history.replace(hrefOf(path));
      } else {
        router.history.push(hrefOf(path));
      }
    },
    [router],
  );
}

const isPlainClick = (event: MouseEvent): boolean =>
  event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;

/** Handlers and address that make any anchor an inner link. */
export function useInnerLink(path: string): {
  href: string;
  onClick: (event: MouseEvent<HTMLElement>) => void;
} {
  const go = useGo();
  return {
    href: hrefOf(path),
    onClick: (event) => {
      if (isPlainClick(event)) {
        event.preventDefault();
        go(path);
      }
    },
  };
}

type AppLinkProps = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, "href"> & {
  to: string;
  isSubtle?: boolean;
  /** Inside of a sentence colour alone does not tell a link from its words. */
  isInline?: boolean;
};

export function AppLink({
  to,
  isSubtle,
  isInline,
  className,
  onClick,
  children,
  ...rest
}: AppLinkProps) {
  const styles = useStyles();
  const inner = useInnerLink(to);
  return (
    <a
      {...rest}
      className={mergeClasses(
        styles.link,
        isSubtle && styles.subtle,
        isInline && styles.inline,
        className,
      )}
      href={inner.href}
      onClick={(event) => {
        onClick?.(event);
        inner.onClick(event);
      }}
    >
      {children}
    </a>
  );
}
