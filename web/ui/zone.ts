// A moment is stored in UTC and edited as a day and a time of the user's zone.
export interface LocalMoment {
  date: string;
  time: string;
}

interface Fields {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
}

function fieldsIn(zone: string, utc: number): Fields {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  }).formatToParts(utc);
  const field = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((part) => part.type === type)?.value ?? 0);
  return {
    year: field("year"),
    month: field("month"),
    day: field("day"),
    hour: field("hour"),
    minute: field("minute"),
  };
}

const two = (value: number): string => String(value).padStart(2, "0");

export function toLocal(iso: string, zone: string): LocalMoment | null {
  const utc = Date.parse(iso);
  if (Number.isNaN(utc)) {
    return null;
  }
  const { year, month, day, hour, minute } = fieldsIn(zone, utc);
  return {
    date: `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`,
    time: `${two(hour)}:${two(minute)}`,
  };
}

function offsetAt(zone: string, utc: number): number {
  const { year, month, day, hour, minute } = fieldsIn(zone, utc);
  return Date.UTC(year, month - 1, day, hour, minute) - Math.floor(utc / 60000) * 60000;
}

/**
 * The moment at which clocks of the zone show this. In the hour that is skipped in spring the
 * result is the same distance after the jump; in the repeated hour of autumn it is the first one.
 */
export function fromLocal(local: LocalMoment, zone: string): string | null {
  const wall = Date.parse(`${local.date}T${local.time || "00:00"}:00Z`);
  if (Number.isNaN(wall)) {
    return null;
  }
  const before = wall - offsetAt(zone, wall - 86400000);
  const after = wall - offsetAt(zone, wall + 86400000);
  const fits = [before, after].filter((utc) => utc + offsetAt(zone, utc) === wall);
  const utc = fits.length > 0 ? Math.min(...fits) : before;
  return new Date(utc).toISOString().replace(".000Z", "Z");
}

/** Today as a day of the zone. */
export const todayIn = (zone: string, now: number = Date.now()): string =>
  toLocal(new Date(now).toISOString(), zone)?.date ?? "";
