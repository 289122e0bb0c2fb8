import type { Span } from "../../../../algorithms/text/span.ts";
import { findWords, type Words } from "../../../../algorithms/text/words.ts";
import type { ReportFinding, ReportInput, ReportSource } from "../report-input.ts";
import { CodePointOffsets } from "./code-point-offsets.ts";
import { matchingWords } from "./matching-words.ts";
import type { NumberedFinding } from "./numbered-findings.ts";

/** A piece of a passage; `matched` where its words stand in the other text as well. */
export interface PassagePiece {
  readonly text: string;
  readonly matched: boolean;
}

/** A passage as it is shown; null where its text is not kept. */
export type ShownPassage = { readonly pieces: readonly PassagePiece[]; readonly isCut: boolean } | null;

/** A passage of the analysed text beside the other text's. */
export interface PassagePair {
  readonly number: number;
  readonly finding: ReportFinding;
  readonly source: NonNullable<ReportFinding["source"]>;
  readonly here: ShownPassage;
  readonly there: ShownPassage;
}

export interface PairLimits {
  readonly most: number;
  /** Words of each side that are shown. */
  readonly words: number;
}

export interface PairList {
  readonly pairs: readonly PassagePair[];
  /** Similar passages that are not put side by side. */
  readonly leftOut: number;
}

/** UTF-16 units of each word that is looked at: enough for any language's words with what stands between. */
const UNITS_PER_WORD = 24;

/** The longest similar passages, in the order of their numbers. O(findings log findings + shown text). */
export function pairPassages(
  input: Pick<ReportInput, "text" | "sources" | "case">,
  listed: readonly NumberedFinding[],
  limits: PairLimits,
): PairList {
  const similar = listed.filter(({ finding }) => finding.source !== undefined);
  const shown = [...similar]
    .sort((a, b) => matchedOf(b.finding) - matchedOf(a.finding) || a.number - b.number)
    .slice(0, limits.most)
    .sort((a, b) => a.number - b.number);
  const sources = new Map(input.sources.map((source) => [source.id, locate(source)]));
  const all = input.case.measured?.findings.filter(({ source }) => source !== undefined).length ?? 0;
  return {
    pairs: shown.map((numbered) => toPair(numbered, input.text, sources, limits.words)),
    leftOut: all - shown.length,
  };
}

interface LocatedSource {
  readonly text: string | null;
  /** Made when first asked for: sources can be long. */
  readonly offsets: () => CodePointOffsets;
}

function locate({ text }: ReportSource): LocatedSource {
  let offsets: CodePointOffsets | undefined;
  return {
    text,
    offsets: () => {
      offsets ??= new CodePointOffsets(text ?? "");
      return offsets;
    },
  };
}

const matchedOf = ({ value }: ReportFinding) => (typeof value === "number" ? value : 0);

function toPair(
  { number, finding, place }: NumberedFinding,
  text: string | null,
  sources: ReadonlyMap<string, LocatedSource>,
  mostWords: number,
): PassagePair {
  const source = finding.source!;
  const other = sources.get(source.id);
  const here = text === null || place === null ? null : beginning(text, place, mostWords);
  const otherPlace = other === undefined || other.text === null ? null : other.offsets().span(source.span);
  const there = otherPlace === null ? null : beginning(other!.text!, otherPlace, mostWords);
  const matched = matchingWords(here?.words.folded ?? [], there?.words.folded ?? []);
  return {
    number,
    finding,
    source,
    here: here === null ? null : { pieces: pieces(here, matched.left), isCut: here.isCut },
    there: there === null ? null : { pieces: pieces(there, matched.right), isCut: there.isCut },
  };
}

interface Beginning {
  readonly text: string;
  readonly words: Words;
  readonly isCut: boolean;
}

/** The first words of a passage. */
function beginning(text: string, { start, end }: Span, mostWords: number): Beginning {
  const near = text.slice(start, Math.min(end, start + mostWords * UNITS_PER_WORD)).toWellFormed();
  const words = findWords(near);
  const isWhole = words.count <= mostWords && near.length === end - start;
  if (isWhole) return { text: near, words, isCut: false };
  const count = Math.min(words.count, mostWords);
  return {
    text: near.slice(0, words.ends[count - 1] ?? near.length),
    words: { ...words, count, folded: words.folded.slice(0, count) },
    isCut: true,
  };
}

/** Matched words in a row are one piece, with what stands between them. */
function pieces({ text, words }: Beginning, matched: readonly boolean[]): PassagePiece[] {
  const cut: PassagePiece[] = [];
  let done = 0;
  for (let first = 0; first < words.count; first++) {
    if (!matched[first]) continue;
    let last = first;
    while (matched[last + 1]) last++;
    if (words.starts[first]! > done)
      cut.push({ text: text.slice(done, words.starts[first]!), matched: false });
    done = words.ends[last]!;
    cut.push({ text: text.slice(words.starts[first]!, done), matched: true });
    first = last;
  }
  if (done < text.length) cut.push({ text: text.slice(done), matched: false });
  return cut;
}
