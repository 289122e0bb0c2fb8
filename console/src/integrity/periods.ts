const DAY_S = 86_400;

/** When a period of the temporal figures begins, in seconds since 1970: of `2026-01-30`, `2026-W05` or `2026-01`. */
export function periodStart(key: string): number {
  const week = /^(\d{4})-W(\d{2})$/.exec(key);
  if (week === null) return Date.parse(key.length === 7 ? `${key}-01` : key) / 1_000;
  // ISO 8601: week 1 has the year's first Thursday, and with it the 4th of January
  const fourth = Date.UTC(Number(week[1]), 0, 4) / 1_000;
  const weekday = (new Date(fourth * 1_000).getUTCDay() + 6) % 7;
  return fourth - weekday * DAY_S + (Number(week[2]) - 1) * 7 * DAY_S;
}
