import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { auroc } from "../../src/algorithms/anomaly/auroc.ts";
import { postForm, postJson } from "../support/requests.ts";
import { startServer } from "../support/server-process.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** Real printed circuit boards, which stay outside the repository: skipped where they are not there. */

const BOARDS = fileURLToPath(new URL("../../../shared/samples/inspection/pcb/", import.meta.url));
const ROI = { role_id: "Inspection", roi_id: "board" };

async function pictures(label: "ok" | "ng"): Promise<{ name: string; blob: Blob }[]> {
  const names = (await readdir(BOARDS + label)).filter((name) => name.endsWith(".jpg")).sort();
  return Promise.all(
    names.map(async (name) => ({
      name,
      blob: new Blob([new Uint8Array(await readFile(`${BOARDS}${label}/${name}`))]),
    })),
  );
}

/** Boxes of a bad board's defects: x1 y1 x2 y2 type. */
async function boxes(name: string): Promise<number[][]> {
  const text = await readFile(`${BOARDS}ng/${name.replace(".jpg", ".txt")}`, "utf8");
  return text
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
}

describe.skipIf(!existsSync(BOARDS))("real boards", () => {
  it("twenty good boards, then bad ones: scores above the threshold, regions on the defects", {
    timeout: 120_000,
  }, async () => {
    const server = await startServer({ dataDir: await temporaryFolder() });
    const [good, bad] = await Promise.all([pictures("ok"), pictures("ng")]);
    const images = good.map(({ blob }) => blob);
    await postForm(`${server.url}/datasets/ok/upload`, { ...ROI, images });
    const fitted = await postForm(`${server.url}/fit_ok`, { ...ROI, mm_per_px: 0.1, use_dataset: true });
    expect(fitted.body).toMatchObject({ n_images: 20 });
    const calibrated = await postJson(`${server.url}/calibrate_dataset`, {
      ...ROI,
      require_ng: false,
      score_percentile: 90,
    });
    const scores: number[] = [];
    let onDefect = 0;
    let regions = 0;
    for (const { name, blob } of bad) {
      const { body } = await postForm(`${server.url}/infer`, {
        ...ROI,
        mm_per_px: 0.1,
        image: blob,
        include_heatmap: false,
      });
      scores.push(body.score);
      const defects = await boxes(name);
      for (const { x, y, w, h } of body.regions) {
        regions++;
        if (defects.some(([x1 = 0, y1 = 0, x2 = 0, y2 = 0]) => x < x2 && x + w > x1 && y < y2 && y + h > y1))
          onDefect++;
      }
    }
    await server.end("SIGTERM");
    const { threshold, ok_scores } = calibrated.body;
    console.log(
      `image AUROC ${auroc(ok_scores, scores)?.toFixed(3)}, ${scores.filter((score) => score > threshold).length} of ${bad.length} bad boards above the threshold, ${onDefect} of ${regions} regions on a defect`,
    );
    expect(auroc(ok_scores, scores)).toBeGreaterThan(0.85);
    expect(scores.filter((score) => score > threshold).length).toBeGreaterThanOrEqual(bad.length - 2);
    expect(onDefect / regions).toBeGreaterThan(0.8);
  });
});
