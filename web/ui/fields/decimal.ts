// Decimal texts ("1234.50") as people read and type them. No arithmetic: a number that went through
// floating point could come back as another one.
interface Separators {
  group: string;
  decimal: string;
}

function separatorsOf(locale: string): Separators {
  const parts = new Intl.NumberFormat(locale).formatToParts(12345.6);
  const find = (type: string) => parts.find((part) => part.type === type)?.value;
  return { group: find("group") ?? ",", decimal: find("decimal") ?? "." };
}

const SPACES = /[\s\u00a0\u202f']/g;

/** What somebody typed as a canonical decimal text; null when it is no number. */
export function parseDecimal(typed: string, locale: string): string | null {
  const { group, decimal } = separatorsOf(locale);
  let text = typed.replace(SPACES, "").replace(/^[^\d+\-.,]+|[^\d]+$/g, "");
  // With one separator only, three digits behind it are a group ("1,234"), anything else a
  // fraction.
  const kinds = [".", ","].filter((mark) => text.includes(mark));
  if (kinds.length === 2) {
    text = text.replaceAll(group === "." ? "." : group, "").replace(decimal, ".");
  } else if (kinds.length === 1 && kinds[0]) {
    const mark = kinds[0];
    const isGroup = mark === group && new RegExp(`^[+-]?\\d{1,3}(\\${mark}\\d{3})+$`).test(text);
    text = isGroup ? text.replaceAll(mark, "") : text.replace(mark, ".");
  }
  const match = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(text);
  if (!match || (!match[2] && !match[3])) {
    return null;
  }
  const whole = (match[2] ?? "").replace(/^0+(?=\d)/, "") || "0";
  const sign = match[1] === "-" ? "-" : "";
  return match[3] ? `${sign}${whole}.${match[3]}` : `${sign}${whole}`;
}

export interface DecimalStyle {
  locale: string;
  /** Digits shown at least; more are shown when the value has them. */
  fraction?: number;
  grouped?: boolean;
}

export function formatDecimal(canonical: string, style: DecimalStyle): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(canonical);
  if (!match) {
    return canonical;
  }
  const { group, decimal } = separatorsOf(style.locale);
  const whole = match[2] ?? "0";
  const grouped = style.grouped === false ? whole : whole.replace(/\B(?=(\d{3})+$)/g, group);
  const given = (match[3] ?? "").replace(/0+$/, "");
  const fraction = given.padEnd(style.fraction ?? 0, "0");
  return `${match[1]}${grouped}${fraction ? decimal + fraction : ""}`;
}

/** How a decimal travels: as a number while that is exact, else as text. */
export function decimalToWire(canonical: string): number | string {
  const digits = canonical.replace(/[^\d]/g, "").replace(/^0+/, "");
  return digits.length <= 15 ? Number(canonical) : canonical;
}
