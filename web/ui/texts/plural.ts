const rules = new Intl.PluralRules("en");
const numbers = new Intl.NumberFormat("en");

/** "1 row", "1,200 rows". */
export const plural = (count: number, one: string, other: string): string =>
  `${numbers.format(count)} ${rules.select(count) === "one" ? one : other}`;
