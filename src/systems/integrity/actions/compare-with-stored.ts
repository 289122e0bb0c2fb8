import type { Severity } from "../../../algorithms/text/finding.ts";
import type { Comparison, SimilarPassage } from "../engine/port.ts";
import type { MeasuredFinding } from "../measurement.ts";
import type { StoredDocument } from "../store/document-reader.ts";
import type { MeasureDeps, Subject } from "./subject.ts";

/** Candidates whose passages are aligned word by word. */
const MOST_ALIGNED = 10;
/** A few more are looked for: the case itself and the author's own may be among them. */
const MOST_CANDIDATES = 30;
const MOST_TEMPLATES = 50;

/** Fewest matched words of a passage. Source: spec/integrity.md section 3a. */
const PASSAGE_FROM_WORDS = 12;
const MEDIUM_FROM_WORDS = 40;
const HIGH_FROM_WORDS = 150;
const HIGH_FROM_SHARE = 0.3;

export interface ComparedWithStored {
  readonly findings: readonly MeasuredFinding[];
  readonly comparison: Comparison;
  /** How many documents were compared word by word. */
  readonly documents: number;
  readonly common: ReadonlySet<number>;
  readonly newlyCommon: readonly number[];
}

/** A text that is compared with what is stored. */
export type ComparedSubject = Pick<Subject, "caseId" | "text" | "authorKey" | "exclusions">;

/** Finds stored documents that share passages with a text, and the passages. */
export async function compareWithStored(
  deps: Pick<MeasureDeps, "engine" | "documents">,
  subject: ComparedSubject,
  keys: Uint32Array,
  signal?: AbortSignal,
): Promise<ComparedWithStored> {
  const { documents } = deps;
  const known = await documents.commonAmong([...keys]);
  const telling = [...keys].filter((key) => !known.has(key));
  const candidates = await documents.findCandidates(telling, MOST_CANDIDATES);
  const templateNumbers = await documents.templates(MOST_TEMPLATES);
  const near = candidates.found
    .filter(({ document }) => !templateNumbers.includes(document))
    .map(({ document }) => document);
  const stored = inOrder(near, await documents.documents(near));
  const others = stored.filter((document) => isComparable(document, subject)).slice(0, MOST_ALIGNED);
  const common = new Set([...known, ...candidates.common]);
  const comparison = await deps.engine.compare(
    {
      text: subject.text,
      documents: others,
      templates: subject.exclusions.template ? await documents.documents(templateNumbers) : [],
      exclusions: subject.exclusions,
      common: Uint32Array.from(common),
    },
    signal,
  );
  return {
    findings: findingsOf(comparison, others, subject),
    comparison,
    documents: others.length,
    common,
    newlyCommon: candidates.common,
  };
}

function inOrder(numbers: readonly number[], stored: readonly StoredDocument[]): StoredDocument[] {
  const byNumber = new Map(stored.map((document) => [document.document, document]));
  return numbers.flatMap((number) => byNumber.get(number) ?? []);
}

function isComparable({ ownerId, authorKey, kind }: StoredDocument, subject: ComparedSubject): boolean {
  if (ownerId === subject.caseId || kind === "template") return false;
  return !(subject.exclusions.sameAuthor && isSameAuthor(authorKey, subject));
}

function isSameAuthor(authorKey: string | null, subject: ComparedSubject): boolean {
  return authorKey !== null && authorKey === subject.authorKey;
}

function findingsOf(
  { passages, similar }: Comparison,
  others: readonly StoredDocument[],
  subject: ComparedSubject,
): MeasuredFinding[] {
  const shares = new Map(similar.map(({ document, share }) => [document, share]));
  const authors = new Map(others.map(({ document, authorKey }) => [document, authorKey]));
  return passages.map((passage) => {
    const ownText = isSameAuthor(authors.get(passage.document) ?? null, subject);
    return {
      rule: "similarity.passage",
      dimension: "similitud",
      severity: severityOf(passage, shares.get(passage.document) ?? 0, ownText),
      value: passage.matchedWords,
      threshold: PASSAGE_FROM_WORDS,
      span: passage.span,
      facts: {
        matched_words: passage.matchedWords,
        words: passage.words,
        quoted: passage.quoted ? 1 : 0,
        same_author: ownText ? 1 : 0,
      },
      source: { document: passage.document, span: passage.sourceSpan, similarity: passage.similarity },
    };
  });
}

/** An author's own text and a quotation may be alike for good reasons. */
function severityOf({ matchedWords, quoted }: SimilarPassage, share: number, ownText: boolean): Severity {
  if (ownText || quoted || matchedWords < MEDIUM_FROM_WORDS) return "low";
  return matchedWords >= HIGH_FROM_WORDS || share >= HIGH_FROM_SHARE ? "high" : "medium";
}
