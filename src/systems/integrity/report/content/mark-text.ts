import type { Severity } from "../../../../algorithms/text/finding.ts";
import type { NumberedFinding } from "./numbered-findings.ts";
import { type ShownParagraph, type ShownText, shownParagraphs } from "./shown-paragraphs.ts";

/** A piece of the text in which the same findings hold. */
export interface MarkedSegment {
  readonly text: string;
  /** The gravest of the findings that hold, similar passages apart; null where there is none. */
  readonly severity: Severity | null;
  /** It lies in a similar passage. */
  readonly similar: boolean;
  /** Numbers of the findings that begin with it. */
  readonly begins: readonly number[];
}

export interface MarkedParagraph extends Omit<ShownParagraph, "start" | "end"> {
  readonly segments: readonly MarkedSegment[];
}

export interface MarkedText extends Omit<ShownText, "paragraphs"> {
  readonly paragraphs: readonly MarkedParagraph[];
  /** Findings that have their number in the text. */
  readonly anchored: ReadonlySet<number>;
}

/**
 * The text cut wherever a finding begins or ends, so that findings may overlap as they like.
 *
 * Complexity: O(length + findings log findings).
 */
export function markText(text: string, findings: readonly NumberedFinding[]): MarkedText {
  const placed = findings
    .flatMap((numbered) => (numbered.place === null ? [] : [{ numbered, ...numbered.place }]))
    .sort((a, b) => a.start - b.start || a.numbered.number - b.numbered.number);
  const shown = shownParagraphs(text, placed);
  const sweep = new Sweep(placed);
  const anchored = new Set<number>();
  const paragraphs = shown.paragraphs.map(({ start, end, skipped, cutBefore, cutAfter }) => {
    sweep.enter(start, skipped > 0);
    const segments: MarkedSegment[] = [];
    for (let at = start; at < end; ) {
      const until = Math.min(sweep.nextCut(at), end);
      const segment = { text: text.slice(at, until), ...sweep.takeState() };
      for (const number of segment.begins) anchored.add(number);
      segments.push(segment);
      sweep.advance(until);
      at = until;
    }
    return { segments, skipped, cutBefore, cutAfter };
  });
  return { ...shown, paragraphs, anchored };
}

interface Placed {
  readonly numbered: NumberedFinding;
  readonly start: number;
  readonly end: number;
}

type Kind = Severity | "similar";

const kindOf = ({ numbered: { finding } }: Placed): Kind =>
  finding.rule === "similarity.passage" ? "similar" : finding.severity;

/** Walks through places from left to right and knows which of them hold. */
class Sweep {
  readonly #starts: readonly Placed[];
  readonly #ends: readonly Placed[];
  #started = 0;
  #ended = 0;
  readonly #active: Record<Kind, number> = { low: 0, medium: 0, high: 0, similar: 0 };
  #begins: number[] = [];

  /** `placed`: by their start. Empty places have a number in the text and mark nothing. */
  constructor(placed: readonly Placed[]) {
    this.#starts = placed;
    this.#ends = placed.filter(({ start, end }) => start < end).sort((a, b) => a.end - b.end);
  }

  /** Goes on to a paragraph; what began in skipped text has no number in this one. */
  enter(at: number, skipping: boolean): void {
    this.advance(at - 1);
    if (skipping) this.#begins = [];
    this.advance(at);
  }

  advance(to: number): void {
    for (; this.#started < this.#starts.length && this.#starts[this.#started]!.start <= to; this.#started++) {
      const placed = this.#starts[this.#started]!;
      this.#begins.push(placed.numbered.number);
      if (placed.start < placed.end) this.#active[kindOf(placed)]++;
    }
    for (; this.#ended < this.#ends.length && this.#ends[this.#ended]!.end <= to; this.#ended++) {
      this.#active[kindOf(this.#ends[this.#ended]!)]--;
    }
  }

  nextCut(after: number): number {
    const start = this.#starts[this.#started]?.start ?? Number.POSITIVE_INFINITY;
    const end = this.#ends[this.#ended]?.end ?? Number.POSITIVE_INFINITY;
    return Math.max(Math.min(start, end), after + 1);
  }

  /** What holds here; the numbers are told once. */
  takeState(): Omit<MarkedSegment, "text"> {
    const { high, medium, low, similar } = this.#active;
    const begins = this.#begins;
    this.#begins = [];
    const severity = high > 0 ? "high" : medium > 0 ? "medium" : low > 0 ? "low" : null;
    return { severity, similar: similar > 0, begins };
  }
}
