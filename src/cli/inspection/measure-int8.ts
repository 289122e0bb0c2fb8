import type { Command } from "commander";
import { auroc } from "../../algorithms/anomaly/auroc.ts";
import { calibrate } from "../../algorithms/anomaly/calibration.ts";
import { scoreHeat } from "../../algorithms/anomaly/score-heat.ts";
import type { Picture } from "../../algorithms/image/picture.ts";
import type { QuatrainClient } from "../../client/index.ts";
import * as contract from "../../contracts/inspection/index.ts";
import { decodePicture } from "../../ml/images/decode-picture.ts";
import { openThreadRuntime } from "../../ml/runtime/thread-runtime.ts";
import type { Config } from "../../platform/config/config.ts";
import { userError } from "../../platform/errors/quatrain-error.ts";
import { openDinov2Engine } from "../../systems/inspection/engine/dinov2/dinov2-engine.ts";
import type { InspectionEngine } from "../../systems/inspection/engine/port.ts";
import { withServer } from "../connection.ts";
import { configOf } from "../global-options.ts";
import { printResult, table } from "../output.ts";
import { showProgress } from "../progress.ts";
import { type RoiOptions, roiFields, withRoiOptions } from "./roi-options.ts";

interface MeasureOptions extends RoiOptions {
  readonly backbone: string;
}

/** How one precision did. */
interface Measured {
  readonly backbone: string;
  readonly ok: readonly number[];
  readonly ng: readonly number[];
  readonly threshold: number;
  /** Null without NG pictures. */
  readonly auroc: number | null;
  /** Of this process, for each inspection. */
  readonly cpuMs: number;
}

interface StoredPicture {
  readonly hash: string;
  load(): Promise<Picture>;
}

/** Leave-one-out wants another picture in the memory; below a few, figures say nothing. */
const LEAST_OK = 3;

export function addMeasureInt8Command(inspection: Command): void {
  withRoiOptions(
    inspection
      .command("measure-int8")
      .description(
        "what 8-bit arithmetic costs and gains on the stored OK and NG pictures of a ROI; changes nothing, computes here",
      )
      .option("--backbone <id>", "the backbone in question", "vit_small_patch14_dinov2"),
  ).action(measureInt8);
}

async function measureInt8(options: MeasureOptions): Promise<void> {
  const config = configOf(options);
  const runtime = openThreadRuntime({
    intraOpThreads: config.numeric.threads,
    maxModelBytes: config.numeric.sessionBytes,
  });
  const progress = showProgress("measure");
  try {
    const engine = openDinov2Engine(runtime, config.weights.dir);
    await withServer(options, async (client) => {
      const ok = await storedPictures(client, options, "ok", config);
      const ng = await storedPictures(client, options, "ng", config);
      if (ok.length < LEAST_OK)
        throw userError(
          "too_few_ok_images",
          400,
          `The dataset has ${ok.length} OK images and ${LEAST_OK} are needed`,
        );
      const measured: Measured[] = [];
      for (const backbone of [options.backbone, `${options.backbone}-int8`]) {
        const tell = (fraction: number) => progress.update((measured.length + fraction) / 2, backbone);
        measured.push(await measure(engine, backbone, { ok, ng, config, tell }));
      }
      const [whole, eighth] = measured as [Measured, Measured];
      printResult(compare(whole, eighth), options.json, describe);
    });
  } finally {
    progress.stop();
    await runtime.close();
  }
}

async function storedPictures(
  client: QuatrainClient,
  options: MeasureOptions,
  label: "ok" | "ng",
  { listen, maxPixels }: Config,
): Promise<StoredPicture[]> {
  const { classes } = await client.call(contract.listDataset, roiFields(options));
  return classes[label].files.map((filename) => ({
    hash: `${label}/${filename}`,
    load: async () => {
      const bytes = await client.bytes(contract.getDatasetFile, { ...roiFields(options), label, filename });
      return decodePicture(new Uint8Array(bytes), { maxBytes: listen.maxFileBytes, maxPixels });
    },
  }));
}

interface MeasureParts {
  readonly ok: readonly StoredPicture[];
  readonly ng: readonly StoredPicture[];
  readonly config: Config;
  tell(fraction: number): void;
}

/** OK pictures are scored without their own patches, as in calibration. */
async function measure(engine: InspectionEngine, backbone: string, parts: MeasureParts): Promise<Measured> {
  const { ok, ng, config, tell } = parts;
  const settings = {
    engineId: backbone,
    coresetRate: config.inspection.coresetRate,
    keepEverything: false,
    ridge: false,
    pixelPercentile: 99,
    seed: 1,
  };
  const pictures = ok.map(({ hash, load }) => ({ contentHash: hash, name: hash, load }));
  const memory = await engine.fit(pictures, settings, { onProgress: (fraction) => tell(fraction / 2) });
  let cpu = 0;
  const score = async ({ hash, load }: StoredPicture, index: number) => {
    const picture = await load();
    const before = process.cpuUsage();
    const withoutSource = memory.sources.includes(hash) ? hash : undefined;
    const { heat } = await engine.inspect(memory, picture, { withoutSource });
    const { user, system } = process.cpuUsage(before);
    cpu += (user + system) / 1000;
    tell(0.5 + (0.5 * index) / (ok.length + ng.length));
    return scoreHeat(heat, null, settings.pixelPercentile);
  };
  const scores: number[] = [];
  for (const [index, picture] of [...ok, ...ng].entries()) scores.push(await score(picture, index));
  const [okScores, ngScores] = [scores.slice(0, ok.length), scores.slice(ok.length)];
  const calibration = calibrate(okScores, ngScores, config.inspection.scorePercentile);
  return {
    backbone,
    ok: okScores,
    ng: ngScores,
    threshold: calibration?.threshold ?? 0,
    auroc: auroc(okScores, ngScores),
    cpuMs: cpu / scores.length,
  };
}

function compare(whole: Measured, eighth: Measured) {
  const all = (side: Measured) => [...side.ok, ...side.ng];
  const decisions = (side: Measured) => all(side).map((score) => score > side.threshold);
  const theirs = decisions(eighth);
  const facts = ({ backbone, threshold, auroc: area, cpuMs }: Measured) => ({
    backbone,
    threshold,
    auroc: area,
    cpu_ms: cpuMs,
  });
  return {
    n_ok: whole.ok.length,
    n_ng: whole.ng.length,
    float32: facts(whole),
    int8: facts(eighth),
    score_correlation: correlation(all(whole), all(eighth)),
    decisions_changed: decisions(whole).filter((decision, at) => decision !== theirs[at]).length,
  };
}

/** Pearson's; NaN where one side does not vary. */
function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  const product = (x: readonly number[], mx: number, y: readonly number[], my: number) =>
    x.reduce((sum, value, at) => sum + (value - mx) * ((y[at] ?? 0) - my), 0);
  return product(a, meanA, b, meanB) / Math.sqrt(product(a, meanA, a, meanA) * product(b, meanB, b, meanB));
}

function describe(found: ReturnType<typeof compare>): string {
  const rows = [found.float32, found.int8].map(({ backbone, auroc: area, threshold, cpu_ms }) => [
    backbone,
    area === null ? "no NG pictures" : area.toFixed(4),
    threshold.toFixed(4),
    `${cpu_ms.toFixed(0)} ms`,
  ]);
  return [
    table(["backbone", "AUROC", "threshold", "CPU per inspection"], rows),
    `${found.n_ok} OK and ${found.n_ng} NG pictures: scores correlate to ${found.score_correlation.toFixed(4)}, ${found.decisions_changed} decisions differ, each at its own threshold`,
  ].join("\n");
}
