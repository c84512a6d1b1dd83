// Dates and numbers in the user's locale and zone. Amounts are formatted by the server.
interface UserFormats {
  locale: string;
  timeZone: string;
}

let user: UserFormats = { locale: "en-IE", timeZone: "UTC" };

export function setUserFormats(formats: UserFormats): void {
  user = formats;
}

export const userZone = (): string => user.timeZone;

export const userLocale = (): string => user.locale;

function format(iso: string, options: Intl.DateTimeFormatOptions): string {
  const moment = new Date(iso);
  if (Number.isNaN(moment.getTime())) {
    return iso;
  }
  return new Intl.DateTimeFormat(user.locale, options).format(moment);
}

const isDateOnly = (iso: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(iso);

/** A day. A date without a time is the same day everywhere, so it must not move with the zone. */
export const formatDate = (iso: string): string =>
  format(iso, { dateStyle: "medium", timeZone: isDateOnly(iso) ? "UTC" : user.timeZone });

export const formatDateTime = (iso: string): string =>
  format(iso, { dateStyle: "medium", timeStyle: "short", timeZone: user.timeZone });

export const formatTime = (iso: string): string =>
  format(iso, { timeStyle: "short", timeZone: user.timeZone });

export const formatNumber = (value: number): string =>
  new Intl.NumberFormat(user.locale).format(value);

export const formatPercent = (share: number): string =>
  new Intl.NumberFormat(user.locale, { style: "percent", maximumFractionDigits: 0 }).format(share);

const UNITS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31536000],
  ["month", 2592000],
  ["week", 604800],
  ["day", 86400],
  ["hour", 3600],
  ["minute", 60],
];

/** "3 hours ago", "in 2 days". */
export function formatRelative(iso: string, now: number = Date.now()): string {
  const seconds = (new Date(iso).getTime() - now) / 1000;
  if (Number.isNaN(seconds)) {
    return iso;
  }
  const words = new Intl.RelativeTimeFormat(user.locale, { numeric: "auto" });
  for (const [unit, size] of UNITS) {
    if (Math.abs(seconds) >= size) {
      return words.format(Math.trunc(seconds / size), unit);
    }
  }
  return words.format(0, "minute");
}

/** "1:05:09" or "5:09". */
export function formatDuration(totalSeconds: number): string {
  const seconds = Math.max(0, Math.round(totalSeconds));
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const [hours = 0, minutes = 0, rest = 0] = parts;
  const two = (part: number) => String(part).padStart(2, "0");
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
