import type { QualityMeasures } from "./measure-quality.ts";
import { THUMBNAIL_SIDE } from "./measure-quality.ts";
import { PhaseCorrelation } from "./phase-correlation.ts";
import type { PositionReference, QualityReference } from "./quality-reference.ts";

/** What is wrong with a picture. */
export type QualityFault = "blurred" | "dark" | "bright" | "shifted" | "unlike";

export interface JudgedQuality {
  readonly faults: readonly QualityFault[];
  /** 1: as sharp as the good pictures' median. */
  readonly relativeSharpness: number;
  readonly leastRelativeSharpness: number;
  /** Null where good pictures have no position in common. */
  readonly alignment: JudgedPosition | null;
}

export interface JudgedPosition {
  /** Shares of the picture's width and height; to the right and downwards. */
  readonly dx: number;
  readonly dy: number;
  readonly response: number;
}

/** Compares pictures with what good ones are like; holds one reference's spectrum. */
export class QualityJudge {
  readonly reference: QualityReference;
  readonly #position: JudgePosition | null;

  constructor(reference: QualityReference) {
    this.reference = reference;
    this.#position = reference.alignment === null ? null : positionJudge(reference.alignment);
  }

  /** O(thumbnail). */
  judge(measured: QualityMeasures): JudgedQuality {
    const { sharpness, brightness, mostDark, mostBright, alignment } = this.reference;
    const faults: QualityFault[] = [];
    if (measured.sharpness < sharpness.least) faults.push("blurred");
    if (measured.brightness < brightness.least || measured.darkShare > mostDark) faults.push("dark");
    if (measured.brightness > brightness.most || measured.brightShare > mostBright) faults.push("bright");
    const position = this.#position?.(measured) ?? null;
    if (position !== null && alignment !== null) {
      const offset = Math.max(Math.abs(position.dx), Math.abs(position.dy));
      if (position.response < alignment.leastResponse) faults.push("unlike");
      else if (offset > alignment.mostOffset) faults.push("shifted");
    }
    return {
      faults,
      relativeSharpness: Math.exp(measured.sharpness - sharpness.median),
      leastRelativeSharpness: Math.exp(sharpness.least - sharpness.median),
      alignment: position,
    };
  }
}

type JudgePosition = (measured: QualityMeasures) => JudgedPosition;

function positionJudge({ thumbnail }: PositionReference): JudgePosition {
  const correlation = new PhaseCorrelation(THUMBNAIL_SIDE);
  const usual = correlation.spectrum(thumbnail);
  return (measured) => {
    const { dx, dy, response } = correlation.offset(usual, correlation.spectrum(measured.thumbnail));
    return { dx: dx / THUMBNAIL_SIDE, dy: dy / THUMBNAIL_SIDE, response };
  };
}
