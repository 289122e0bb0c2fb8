import type { Drift } from "../../../algorithms/anomaly/drift.ts";
import type { Clock } from "../../../platform/ports.ts";
import type { Metrics } from "../../../platform/telemetry/metrics.ts";
import type { Roi } from "../roi.ts";
import { type DriftDeps, watchDrift } from "./watch-drift.ts";

/** ROIs that appear in the figures: those inspected last in this process. */
const MOST_ROIS = 100;
const LABELS = ["recipe_id", "role_id", "roi_id", "model_key"] as const;
/** A ROI that nobody inspects is looked at again so often: its calibration or version may be another one by then. */
const LONGEST_KEPT_MS = 60_000;

/** A ROI that this process inspects, and what was found about it. */
interface WatchedRoi {
  readonly roi: Roi;
  /** How often it was inspected. */
  inspected: number;
  found: { readonly drift: Drift | null; readonly inspected: number; readonly at: number } | null;
}

/**
 * Drift of the ROIs that this process inspects, for Prometheus. A scrape reads the database once for each ROI that was
 * inspected since the last one, whatever the number of figures.
 */
export class DriftMetrics {
  readonly #deps: DriftDeps & { readonly clock: Clock };
  readonly #rois = new Map<string, WatchedRoi>();
  #reading: Promise<readonly WatchedRoi[]> | null = null;

  constructor(deps: DriftDeps & { readonly clock: Clock }, metrics: Metrics) {
    this.#deps = deps;
    const read = async (value: (drift: Drift) => number | null) => {
      const rois = await this.#read();
      return rois.flatMap(({ roi, found }) => {
        const figure = found === null || found.drift === null ? null : value(found.drift);
        return figure === null ? [] : [{ labels: labelsOf(roi), value: figure }];
      });
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
    const watched = this.#rois.get(key) ?? { roi, inspected: 0, found: null };
    watched.inspected++;
    this.#rois.delete(key); // to the end: the most recently seen
    this.#rois.set(key, watched);
    const [oldest] = this.#rois.keys();
    if (this.#rois.size > MOST_ROIS && oldest !== undefined) this.#rois.delete(oldest);
  }

  /** All gauges of a scrape ask at the same time: one reading serves them. */
  #read(): Promise<readonly WatchedRoi[]> {
    this.#reading ??= this.#refresh().finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  async #refresh(): Promise<readonly WatchedRoi[]> {
    const rois = [...this.#rois.values()];
    for (const watched of rois) {
      const { found, inspected } = watched;
      const at = this.#deps.clock.now();
      if (found?.inspected === inspected && at - found.at < LONGEST_KEPT_MS) continue;
      const { drift } = await watchDrift(this.#deps, watched.roi);
      watched.found = { drift, inspected, at };
    }
    return rois;
  }
}

function labelsOf(roi: Roi) {
  return { recipe_id: roi.recipeId, role_id: roi.roleId, roi_id: roi.roiId, model_key: roi.modelKey };
}
