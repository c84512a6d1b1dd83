import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";

const useStyles = makeStyles({
  root: {
    display: "inline-grid",
    placeItems: "center",
    flexShrink: 0,
    width: "28px",
    height: "28px",
    borderRadius: tokens.borderRadiusCircular,
    fontSize: tokens.fontSizeBase100,
    fontWeight: tokens.fontWeightSemibold,
    lineHeight: 1,
  },
  large: { width: "32px", height: "32px", fontSize: tokens.fontSizeBase200 },
  brand: {
    backgroundColor: tokens.colorBrandBackground,
    color: tokens.colorNeutralForegroundOnBrand,
  },
  teal: {
    backgroundColor: tokens.colorPaletteTealBackground2,
    color: tokens.colorPaletteTealForeground2,
  },
  blue: {
    backgroundColor: tokens.colorPaletteBlueBackground2,
    color: tokens.colorPaletteBlueForeground2,
  },
  plum: {
    backgroundColor: tokens.colorPalettePlumBackground2,
    color: tokens.colorPalettePlumForeground2,
  },
  gold: {
    backgroundColor: tokens.colorPaletteGoldBackground2,
    color: tokens.colorPaletteGoldForeground2,
  },
  red: {
    backgroundColor: tokens.colorPaletteRedBackground2,
    color: tokens.colorPaletteRedForeground2,
  },
});

const COLORS = ["teal", "blue", "plum", "gold", "red"] as const;

/** "Mona Yates" → "MY"; "Madonna" → "M". */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => /^\p{L}/u.test(word));
  const picked = words.length > 1 ? [words[0], words.at(-1)] : words;
  return picked.map((word) => [...(word ?? "")][0]?.toUpperCase() ?? "").join("");
}

function colorOf(name: string): (typeof COLORS)[number] {
  const sum = [...name].reduce((total, char) => total + (char.codePointAt(0) ?? 0), 0);
  return COLORS[sum % COLORS.length] ?? "teal";
}

interface InitialsProps {
  name: string;
  isBrand?: boolean;
  isLarge?: boolean;
  /** Where the initials are all there is; else they only decorate the name beside them. */
  label?: string;
}

/** A person as a coloured circle; the same person has the same colour everywhere. */
export function Initials({ name, isBrand, isLarge, label }: InitialsProps) {
  const styles = useStyles();
  return (
    <span
      role={label ? "img" : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
      className={mergeClasses(
        styles.root,
        isLarge && styles.large,
        styles[isBrand ? "brand" : colorOf(name)],
      )}
    >
      {initialsOf(name)}
    </span>
  );
}
