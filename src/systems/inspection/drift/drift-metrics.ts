import type { Metrics } from "../../../platform/telemetry/metrics.ts";
import type { Roi } from "../roi.ts";
import { type DriftDeps, watchDrift } from "./watch-drift.ts";

/** ROIs that appear in the figures: those inspected last in this process. */
const MOST_ROIS = 100;
const LABELS = ["recipe_id", "role_id", "roi_id", "model_key"] as const;

/** Drift of the ROIs that this process inspects, for Prometheus. */
export class DriftMetrics {
  readonly #rois = new Map<string, Roi>();

  constructor(deps: DriftDeps, metrics: Metrics) {
    const read = async (
      value: (drift: NonNullable<Awaited<ReturnType<typeof watchDrift>>["drift"]>) => number | null,
    ) => {
      const found = [];
      for (const roi of this.#rois.values()) {
        const { drift } = await watchDrift(deps, roi);
        const figure = drift === null ? null : value(drift);
        if (figure !== null) found.push({ labels: labelsOf(roi), value: figure });
      }
      return found;
    };
    metrics.gauges(
      "quatrain_inspection_drifting",
      "1 where the newest scores differ from the calibration's",
      LABELS,
      () => read(({ state }) => (state === "drifting" ? 1 : 0)),
    );
    metrics.gauges(
      "quatrain_inspection_drift_distance",
      "Kolmogorov-Smirnov distance of the newest OK scores from the calibration's",
      LABELS,
      () => read(({ distance }) => distance),
    );
  }

  saw(roi: Roi): void {
    const key = JSON.stringify(labelsOf(roi));
    this.#rois.delete(key); // to the end: the most recently seen
    this.#rois.set(key, roi);
    const [oldest] = this.#rois.keys();
    if (this.#rois.size > MOST_ROIS && oldest !== undefined) this.#rois.delete(oldest);
  }
}

function labelsOf(roi: Roi) {
  return { recipe_id: roi.recipeId, role_id: roi.roleId, roi_id: roi.roiId, model_key: roi.modelKey };
}
