import type { PreparedText } from "../../prepared-text.ts";
import type { AuthorYearCitation } from "../citation.ts";
import { type DocumentReferences, MOST_ENTRIES } from "../document-references.ts";
import { ListText } from "../list-text.ts";
import type { MatchedCitation } from "../match-citations.ts";
import { nameEntry } from "../reference-entry.ts";
import { groupPlaces, NOTHING_FOUND, type Place, type RuleReport } from "./rule-report.ts";
import { numberOf } from "./uncited.ts";

/** Works cited without any list before that is worth saying. */
const WITHOUT_LIST = 3;
/** Works from before are cited in the running text by their title as often as by their author. */
const OLDEST_NARRATIVE = 1900;

/** Citations that the list has no entry for; only such as can be nothing but citations. O(citations + entries). */
export function findMissingEntries(prepared: PreparedText, references: DocumentReferences): RuleReport {
  const { bibliographies, entries, entryCount } = references;
  if (bibliographies.length === 0) return withoutList(references);
  if (entryCount > MOST_ENTRIES || entries.length === 0) return NOTHING_FOUND;
  const bare = citesWithoutComma(references);
  const sure = references.citations.filter(({ citation }) => isSure(citation, references, bare));
  const list = new ListText(prepared, references.lists);
  const missing = onePerWork(
    sure.filter(
      ({ citation: { words, year }, entries: found }) =>
        found.length === 0 && !words.some((word) => list.has(word, year)),
    ),
  );
  const numbers = missingNumbers(references);
  const places = [...missing.map((matched) => toPlace(matched, references)), ...numbers.places].sort(
    (a, b) => a.span.start - b.span.start,
  );
  return groupPlaces("references.missing_entry", places, {
    severity: "medium",
    total: onePerWork(sure).length + numbers.cited,
    whole: places[0]?.span ?? null,
  });
}

/** Forms that nothing else takes; `(García 2015)` without a comma only where the text cites its list in that way. */
function isSure(citation: AuthorYearCitation, { style }: DocumentReferences, bare: boolean): boolean {
  if (!citation.sure || style === "numeric") return false;
  if (citation.form === "narrative") return citation.year >= OLDEST_NARRATIVE;
  return citation.comma || bare;
}

function citesWithoutComma({ citations }: DocumentReferences): boolean {
  return citations.some(
    ({ citation, entries }) => citation.form === "bracketed" && !citation.comma && entries.length > 0,
  );
}

function onePerWork(citations: readonly MatchedCitation[]): MatchedCitation[] {
  const works = new Map<string, MatchedCitation>();
  for (const matched of citations) {
    const { words, year, suffix } = matched.citation;
    const work = `${words[0]} ${year}${suffix}`;
    if (!works.has(work)) works.set(work, matched);
  }
  return [...works.values()];
}

function toPlace({ citation, nearest }: MatchedCitation, { entries }: DocumentReferences): Place {
  const name = nameCitation(citation);
  const near = nearest === null ? undefined : entries[nearest];
  if (near === undefined) return { span: citation.span, name, facts: { citation: name } };
  const facts = { citation: name, nearest: nameEntry(near) };
  return { span: citation.span, name, facts, severity: "low" };
}

const nameCitation = ({ names, year, suffix }: AuthorYearCitation) =>
  `${names.replace(/\s+/g, " ").slice(0, 80)} (${year}${suffix})`;

/** Numbers above the last one of a single numbered list that is mostly cited by number, and how many are cited at all. */
function missingNumbers({ bibliographies, entries, numbers, numbered }: DocumentReferences): {
  readonly places: Place[];
  readonly cited: number;
} {
  if (!numbered || bibliographies.length > 1) return { places: [], cited: 0 };
  const known = new Set(entries.map(numberOf));
  const last = Math.max(...[...known].filter((number) => !Number.isNaN(number)));
  const square = numbers.filter(({ square: own }) => own);
  const used = new Set(square.flatMap(({ numbers: own }) => own.filter((number) => known.has(number))));
  if (used.size * 2 < entries.length || used.size < 2) return { places: [], cited: 0 };
  const seen = new Set<number>();
  const places = square.flatMap(({ span, numbers: own }) =>
    own
      .filter((number) => number > last && !seen.has(number))
      .map((number) => {
        seen.add(number);
        return { span, name: `[${number}]`, facts: { citation: `[${number}]`, last } };
      }),
  );
  return { places, cited: used.size + places.length };
}

/** A text that cites works and has no list at all: one finding, and only where several citations are beyond doubt. */
function withoutList({ citations }: DocumentReferences): RuleReport {
  const sure = onePerWork(
    citations.filter(
      ({ citation }) => citation.sure && (citation.comma || /\bet\.?\sal\b/.test(citation.names)),
    ),
  );
  const [first] = sure;
  if (first === undefined || sure.length < WITHOUT_LIST) return NOTHING_FOUND;
  const examples = sure.slice(0, 5).map(({ citation }) => nameCitation(citation));
  return {
    findings: [
      {
        rule: "references.missing_entry",
        severity: "medium",
        value: sure.length,
        threshold: WITHOUT_LIST,
        span: first.citation.span,
        facts: { count: sure.length, examples, list: "none" },
      },
    ],
    count: sure.length,
  };
}
