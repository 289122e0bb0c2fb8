import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DEFECT_KINDS, type DefectKind, drawDisc } from "../../algorithms/image/drawn-discs/index.ts";
import type { QuatrainClient } from "../../client/index.ts";
import * as contract from "../../contracts/inspection/index.ts";
import { encodePng } from "../../ml/images/edit-picture.ts";
import { table } from "../output.ts";
import { showProgress } from "../progress.ts";

const ROI = { role_id: "Demo", roi_id: "brake-disc" };
const MM_PER_PX = 0.5;
const GOOD_PARTS = 20;
const CALIBRATION_NG_EACH = 2;
const TRIED_GOOD = 3;

/** Twenty drawn good discs, fitted; a few bad ones to calibrate with; then discs that the server has never seen. */
export async function demonstrateInspection(client: QuatrainClient, outDir: string): Promise<void> {
  const progress = showProgress("inspection");
  await mkdir(outDir, { recursive: true });
  try {
    progress.update(0, "drawing and uploading good discs");
    const images = await Promise.all(range(GOOD_PARTS).map((seed) => discPart(seed)));
    await client.call(contract.uploadOk, ROI, { images });
    progress.update(0.3, "drawing and uploading bad discs");
    const bad = DEFECT_KINDS.flatMap((kind) =>
      range(CALIBRATION_NG_EACH).map((index) => discPart(1_000 + index, kind)),
    );
    await client.call(contract.uploadNg, ROI, { images: await Promise.all(bad) });
    progress.update(0.5, "fitting");
    const fitted = await client.call(contract.fitOk, { ...ROI, mm_per_px: MM_PER_PX, use_dataset: true });
    progress.update(0.7, "calibrating");
    const calibrated = await client.call(contract.calibrateDataset, { ...ROI, area_mm2_thr: 1 });
    progress.update(0.9, "inspecting new discs");
    const rows = await inspectNewDiscs(client, outDir);
    progress.stop();
    process.stdout.write(
      `inspection: ${fitted.n_images} good discs, ${fitted.coreset_size} patches kept, ${(fitted.elapsed_ms / 1_000).toFixed(1)} s; threshold ${calibrated.threshold.toFixed(3)}\n\n`,
    );
    process.stdout.write(
      `${table(["disc", "decision", "score", "regions", "largest mm2", "overlay"], rows)}\n`,
    );
  } finally {
    progress.stop();
  }
}

async function inspectNewDiscs(client: QuatrainClient, outDir: string): Promise<string[][]> {
  const tried: readonly (readonly [string, number, DefectKind | undefined])[] = [
    ...range(TRIED_GOOD).map((index) => [`good ${index + 1}`, 2_000 + index, undefined] as const),
    ...DEFECT_KINDS.map((kind) => [kind, 3_000, kind] as const),
  ];
  const rows: string[][] = [];
  for (const [name, seed, defect] of tried) {
    const image = [{ filename: `${name}.png`, content: new Blob([await discPng(seed, defect)]) }];
    const inferring = { ...ROI, mm_per_px: MM_PER_PX, include_heatmap: false, include_overlay: true };
    const answer = await client.call(contract.infer, inferring, { image });
    const overlay = join(outDir, `${name.replaceAll(" ", "-")}.overlay.png`);
    await writeFile(overlay, Buffer.from(answer.overlay_png_base64 ?? "", "base64"));
    const largest = answer.regions[0]?.area_mm2.toFixed(1) ?? "-";
    rows.push([
      name,
      answer.decision ?? "-",
      answer.score.toFixed(3),
      String(answer.n_regions),
      largest,
      overlay,
    ]);
  }
  return rows;
}

async function discPart(seed: number, defect?: DefectKind) {
  return {
    filename: `disc-${seed}-${defect ?? "good"}.png`,
    content: new Blob([await discPng(seed, defect)]),
  };
}

async function discPng(seed: number, defect: DefectKind | undefined): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await encodePng(drawDisc(seed, { defect }).picture, 3));
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}
