const DAY_MS = 86_400_000;

/** The group keys of an instant, computed when a case is written. */
export interface PeriodKeys {
  /** 2026-01-30 */
  readonly day: string;
  /** ISO 8601 week with its own year: 2026-W05 */
  readonly week: string;
  /** 2026-01 */
  readonly month: string;
}

/** Group keys of an instant (milliseconds UTC) in a time zone. */
export function periodKeys(at: number, timeZone: string): PeriodKeys {
  const day = dayIn(at, timeZone);
  return { day, week: isoWeek(day), month: day.slice(0, 7) };
}

const formats = new Map<string, Intl.DateTimeFormat>();

function dayIn(at: number, timeZone: string): string {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("en", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
    formats.set(timeZone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${parts.year!.padStart(4, "0")}-${parts.month}-${parts.day}`;
}

/** ISO 8601: a week belongs to the year of its Thursday; week 1 is the one with the first Thursday. */
function isoWeek(day: string): string {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const weekday = (new Date(midnight).getUTCDay() + 6) % 7; // Monday is 0
  const thursday = midnight + (3 - weekday) * DAY_MS;
  const year = new Date(thursday).getUTCFullYear();
  const week = Math.floor((thursday - Date.UTC(year, 0, 1)) / (7 * DAY_MS)) + 1;
  return `${year}-W${String(week).padStart(2, "0")}`;
}
