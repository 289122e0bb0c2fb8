import type { Picture } from "../../../algorithms/image/picture.ts";
import {
  type JudgedQuality,
  type QualityFault,
  QualityJudge,
} from "../../../algorithms/image/quality/judge-quality.ts";
import type { QualityMeasures } from "../../../algorithms/image/quality/measure-quality.ts";
import type { QualityReference } from "../../../algorithms/image/quality/quality-reference.ts";
import type { Label, Roi } from "../roi.ts";
import type { OnPoorQuality, QualityStore } from "../store/quality-store.ts";
import { lookAtQuality } from "./look-at-quality.ts";
import { faultInWords } from "./quality-words.ts";

/** What is known about a picture's quality. */
export interface CheckedQuality {
  /** `unknown`: the memory was fitted before this was learnt. */
  readonly verdict: "good" | "poor" | "unknown";
  readonly faults: readonly QualityFault[];
  /** The faults in words. */
  readonly reasons: readonly string[];
  readonly measured: QualityMeasures;
  readonly judged: JudgedQuality | null;
  readonly reference: QualityReference | null;
  readonly size: Pick<Picture, "width" | "height">;
  readonly onPoor: OnPoorQuality;
}

/** Judges of so many memories stay ready, 150 kB each. */
const MOST_JUDGES = 128;
const UNKNOWN = ["The memory says nothing about picture quality: fit again with this version"];

/** Compares pictures with the good ones of the memory in use. */
export class QualityCheck {
  readonly #store: QualityStore;
  readonly #judges = new Map<number, Promise<QualityJudge | null>>();

  constructor(store: QualityStore) {
    this.#store = store;
  }

  /** Null where the ROI's gate is off. */
  async check(roi: Roi, modelId: number, picture: Picture): Promise<CheckedQuality | null> {
    const onPoor = (await this.#store.findGate(roi))?.onPoor ?? "warn";
    if (onPoor === "off") return null;
    const [judge, measured] = await Promise.all([this.#judgeOf(modelId), lookAtQuality(picture)]);
    const { width, height } = picture;
    const facts = { measured, size: { width, height }, onPoor };
    if (judge === null)
      return { ...facts, verdict: "unknown", faults: [], reasons: UNKNOWN, judged: null, reference: null };
    const judged = judge.judge(measured);
    const { reference } = judge;
    return {
      ...facts,
      verdict: judged.faults.length === 0 ? "good" : "poor",
      faults: judged.faults,
      reasons: judged.faults.map((fault) => faultInWords(fault, measured, judged, reference, picture)),
      judged,
      reference,
    };
  }

  async #judgeOf(modelId: number): Promise<QualityJudge | null> {
    const known = this.#judges.get(modelId);
    const judge = known ?? this.#load(modelId);
    this.#judges.delete(modelId); // to the end: the most recently used
    this.#judges.set(modelId, judge);
    const [oldest] = this.#judges.keys();
    if (this.#judges.size > MOST_JUDGES && oldest !== undefined) this.#judges.delete(oldest);
    try {
      return await judge;
    } catch (error) {
      this.#judges.delete(modelId); // a failed read must not be remembered
      throw error;
    }
  }

  async #load(modelId: number): Promise<QualityJudge | null> {
    const reference = await this.#store.reference(modelId);
    return reference === null ? null : new QualityJudge(reference);
  }
}

/** The decision after the gate: what the ROI wants of pictures of poor quality. Before calibration nothing is decided. */
export function gatedDecision(decision: Label | null, quality: CheckedQuality | null): Label | null {
  if (decision === null || quality?.verdict !== "poor") return decision;
  if (quality.onPoor === "undecided") return null;
  return quality.onPoor === "ng" ? "ng" : decision;
}

/** A sentence for `warnings`; none for a picture without a fault. */
export function qualityWarnings(quality: CheckedQuality | null): string[] {
  if (quality?.verdict !== "poor") return [];
  const consequence = {
    warn: "the score may mean nothing",
    undecided: "nothing was decided",
    ng: "it counts as ng",
    off: "",
  }[quality.onPoor];
  return [`The picture is of poor quality (${quality.reasons.join("; ")}): ${consequence}`];
}
