/** The time of an ISO 8601 string in milliseconds since 1970; without a zone it is taken for UTC. */
export function isoInstant(value: string | undefined): number | undefined {
  if (value === undefined || !/^\d{4}-\d{2}-\d{2}/.test(value)) return undefined;
  const zoned = /T.*(Z|[+-]\d{2}:?\d{2})$/.test(value) || !value.includes("T") ? value : `${value}Z`;
  return plausible(Date.parse(zoned));
}

/** Years that no document was written in are defaults of programs. */
export function plausible(instant: number): number | undefined {
  return instant >= Date.UTC(1985, 0) && instant < Date.UTC(2200, 0) ? instant : undefined;
}

/** A count as files write it; undefined for anything else. */
export function wholeNumber(value: string | undefined): number | undefined {
  return value !== undefined && /^\d{1,9}$/.test(value) ? Number(value) : undefined;
}

/** A field of metadata: trimmed, of bounded length, undefined when it is empty. */
export function shortField(value: string | undefined): string | undefined {
  const short = value
    ?.slice(0, 500)
    .toWellFormed()
    .replace(/\p{Cc}/gu, " ")
    .trim();
  return short === "" ? undefined : short;
}
