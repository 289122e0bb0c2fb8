import { inflateRawSync } from "node:zlib";
import { CodePoints } from "../../../algorithms/text/code-points.ts";
import { type PreparedText, prepareText } from "../../../algorithms/text/prepared-text.ts";
import { alignFingerprints, alignTexts } from "../../../algorithms/text/similarity/align.ts";
import { cutPassages } from "../../../algorithms/text/similarity/cut-passages.ts";
import { findBibliography, findQuotations } from "../../../algorithms/text/similarity/exclusions.ts";
import { unpackFingerprints } from "../../../algorithms/text/similarity/fingerprint-codec.ts";
import { everyShingle, type Fingerprints } from "../../../algorithms/text/similarity/fingerprints.ts";
import type { Passage } from "../../../algorithms/text/similarity/passages.ts";
import { coveredLength, type Span } from "../../../algorithms/text/span.ts";
import { findWords } from "../../../algorithms/text/words.ts";
import { countWordsIn } from "./count-words.ts";
import type { ComparedDocument, Comparison, ComparisonRequest, SimilarPassage } from "./port.ts";
import { isTemplateText } from "./template-text.ts";

/** Passages that are listed; those of the largest sources first. */
const MOST_PASSAGES = 200;
const MOST_TEXT_BYTES = 256 * 2 ** 20;
/** A passage of which so much stands within quotation marks is a quotation. */
const QUOTED_FROM = 0.8;

/** Passages of a text that stand in other documents, word by word. Near linear in the words of all of them. */
export function compareTexts(request: ComparisonRequest): Comparison {
  const prepared = prepareText(request.text);
  const side = new ComparedSide(prepared);
  const quotations = findQuotations(prepared);
  const excluded = excludedPlaces(request, side, quotations, findBibliography(prepared));
  const common = new Set(request.common);
  const aligned = request.documents
    .map((other) => ({
      other,
      passages: cutPassages(side.align(other), excluded, prepared.words).filter(
        ({ suspicious }) => !request.exclusions.template || !isTemplateText(prepared, suspicious, common),
      ),
    }))
    .filter(({ passages }) => passages.length > 0);
  const words = Math.max(prepared.words.count, 1);
  const similar = aligned
    .map(({ other, passages }) => {
      const matchedWords = passages.reduce((sum, passage) => sum + passage.matchedWords, 0);
      const places = passages.map(({ suspicious }) => suspicious);
      const share = countWordsIn(prepared, places) / words;
      return { document: other.document, share, matchedWords, passages: passages.length };
    })
    .sort((a, b) => b.share - a.share || b.document - a.document);
  const rank = new Map(similar.map(({ document }, index) => [document, index]));
  const listed = aligned
    .sort((a, b) => rank.get(a.other.document)! - rank.get(b.other.document)!)
    .flatMap(({ other, passages }) => passages.map((passage) => ({ other, passage })))
    .slice(0, MOST_PASSAGES);
  const points = new CodePoints(request.text);
  return {
    similar,
    share:
      countWordsIn(
        prepared,
        aligned.flatMap(({ passages }) => passages.map(({ suspicious }) => suspicious)),
      ) / words,
    passages: listed.map(({ other, passage }) => ({
      ...toSimilar(passage, quotations),
      document: other.document,
      span: points.span(passage.suspicious),
      sourceSpan: side.pointsOf(other).span(passage.source),
    })),
  };
}

/** The text under analysis, ready to be aligned with others. */
class ComparedSide {
  readonly #prepared: PreparedText;
  readonly #points = new Map<number, Pick<CodePoints, "span">>();
  #shingles: Fingerprints | null = null;

  constructor(prepared: PreparedText) {
    this.#prepared = prepared;
  }

  align(other: ComparedDocument): Passage[] {
    if (other.packedText === null) {
      this.#shingles ??= everyShingle(this.#prepared.words);
      return alignFingerprints(this.#shingles, unpackFingerprints(other.fingerprints));
    }
    const text = inflateRawSync(other.packedText, { maxOutputLength: MOST_TEXT_BYTES }).toString("utf8");
    this.#points.set(other.document, new CodePoints(text));
    return alignTexts(this.#prepared.words, findWords(text));
  }

  /** Of a document without its text, places stay in UTF-16 offsets: nothing else is known. */
  pointsOf({ document }: ComparedDocument): Pick<CodePoints, "span"> {
    return this.#points.get(document) ?? { span: (span) => span };
  }
}

function excludedPlaces(
  { exclusions, templates }: ComparisonRequest,
  side: ComparedSide,
  quotations: readonly Span[],
  bibliography: readonly Span[],
): Span[] {
  return [
    ...(exclusions.quotations ? quotations : []),
    ...(exclusions.bibliography ? bibliography : []),
    ...templates.flatMap((template) => side.align(template).map(({ suspicious }) => suspicious)),
  ];
}

function toSimilar(
  { suspicious, matchedWords, words, similarity }: Passage,
  quotations: readonly Span[],
): Pick<SimilarPassage, "matchedWords" | "words" | "similarity" | "quoted"> {
  const inside = quotations
    .map(({ start, end }) => ({
      start: Math.max(start, suspicious.start),
      end: Math.min(end, suspicious.end),
    }))
    .filter(({ start, end }) => start < end);
  const quoted = coveredLength(inside) >= QUOTED_FROM * (suspicious.end - suspicious.start);
  return { matchedWords, words, similarity: Math.round(similarity * 1_000) / 1_000, quoted };
}
