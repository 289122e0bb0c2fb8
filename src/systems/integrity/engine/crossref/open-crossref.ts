import { type AskOptions, askRegister } from "./ask-register.ts";
import { compareRecord, hasTitle } from "./compare-record.ts";
import { type CrossrefRecord, readRecords } from "./crossref-record.ts";
import {
  type LookUpLimits,
  type LookUpOutcome,
  type ReferenceQuery,
  type ReferenceRegister,
  type Unverified,
  unverified,
} from "./reference-register.ts";
import { RequestGate } from "./request-gate.ts";

export interface CrossrefSettings {
  /** Of the REST API: `https://api.crossref.org`. */
  readonly url: string;
  /** An address that Crossref can write to; those who give one are served from its polite pool. */
  readonly mailto: string | null;
  /** Of one request. */
  readonly timeoutMs?: number;
  /** Requests at once. */
  readonly maxConcurrent?: number;
  readonly fetch?: typeof globalThis.fetch;
}

const TIMEOUT_MS = 10_000;
const MAX_CONCURRENT = 2;
const ROWS = 3;
const LONGEST_QUERY = 400;

/**
 * Crossref's register of works. Only title, first author, year and DOI of a reference leave the server.
 * Source: Crossref REST API documentation, "works" and "Etiquette"; spec/integrity.md section 3d.
 */
export function openCrossref(settings: CrossrefSettings): ReferenceRegister {
  const gate = new RequestGate(settings.maxConcurrent ?? MAX_CONCURRENT);
  const base = settings.url.replace(/\/+$/, "");
  const { mailto, timeoutMs = TIMEOUT_MS, fetch = globalThis.fetch } = settings;
  const headers = {
    accept: "application/json",
    "user-agent": `Quatrain${mailto === null ? "" : ` (mailto:${mailto})`}`,
  };
  const contact: Record<string, string> = mailto === null ? {} : { mailto };
  const recordsAt = (path: string, limits: LookUpLimits) =>
    ask(`${base}${path}`, gate, { fetch, headers, timeoutMs, signal: limits.signal }, limits);
  return {
    async lookUp(reference, limits = {}) {
      limits.signal?.throwIfAborted();
      const byDoi = reference.doi === null ? null : await recordsAt(doiPath(reference.doi, contact), limits);
      if (byDoi !== null && Array.isArray(byDoi)) return judgeDoi(reference, byDoi);
      if (byDoi !== null && byDoi !== "not_found") return unverified(byDoi);
      if (!hasTitle(reference)) return unverified(byDoi ?? "too_little");
      const found = await recordsAt(searchPath(reference, contact), limits);
      return Array.isArray(found) ? judgeSearch(reference, found) : unverified(found);
    },
  };
}

/** Asks once more where the register wants a pause that the deadline allows. */
async function ask(
  url: string,
  gate: RequestGate,
  options: AskOptions,
  limits: LookUpLimits,
): Promise<CrossrefRecord[] | Unverified> {
  for (let round = 0; round < 2; round++) {
    if (!(await gate.isOpen(limits))) return "rate_limited";
    const answer = await gate.run(
      async () => ((await gate.isOpen({})) ? askRegister(url, options) : null),
      limits.signal,
    );
    if (answer === null) continue;
    if (answer.kind === "nothing") return answer.reason;
    if (answer.kind === "json") return readRecords(answer.body) ?? "damaged_answer";
    gate.silence(answer.retryAfter);
  }
  return "rate_limited";
}

const doiPath = (doi: string, contact: Record<string, string>) =>
  `/works/${encodeURIComponent(doi)}${Object.keys(contact).length === 0 ? "" : `?${new URLSearchParams(contact)}`}`;

function searchPath({ title, firstAuthor, year }: ReferenceQuery, contact: Record<string, string>): string {
  const query = [title, firstAuthor, year].filter((part) => part !== null).join(" ");
  return `/works?${new URLSearchParams({
    "query.bibliographic": query.slice(0, LONGEST_QUERY).toWellFormed(),
    rows: String(ROWS),
    select:
      "DOI,title,subtitle,original-title,author,editor,issued,published,published-print,published-online",
    ...contact,
  })}`;
}

function judgeDoi(reference: ReferenceQuery, [record]: readonly CrossrefRecord[]): LookUpOutcome {
  if (record === undefined) return unverified("not_found");
  const { work } = record;
  switch (compareRecord(reference, record)) {
    case "same":
      return { outcome: "confirmed", detail: { by: "doi", work } };
    case "other_work":
      return { outcome: "mismatch", detail: { work } };
    case "other_people":
      return unverified("author_or_year_differs");
    case "unclear":
      return unverified("title_differs");
  }
}

/** A search proves nothing by what it does not find, and finds works of the same title by others. */
function judgeSearch(reference: ReferenceQuery, records: readonly CrossrefRecord[]): LookUpOutcome {
  const agreements = records.map((record) => compareRecord(reference, record));
  const same = records[agreements.indexOf("same")];
  if (same !== undefined) return { outcome: "confirmed", detail: { by: "title", work: same.work } };
  return unverified(agreements.includes("other_people") ? "author_or_year_differs" : "not_found");
}
