import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Picture } from "../../algorithms/image/picture.ts";
import type { QuatrainClient } from "../../client/index.ts";
import * as contract from "../../contracts/colorization/index.ts";
import { encodePng } from "../../ml/images/edit-picture.ts";
import { endedWell, followColouring, uploadPictures } from "../colorization/colour-pages.ts";
import { showProgress } from "../progress.ts";
import { drawGrayPage, drawReference } from "./colorization-page.ts";

const CHAPTER = "demo";
const SHOWN_COLOURS = 4;

/** A drawn page without colour takes the colours of a drawn picture of the same figure. */
export async function demonstrateColorization(client: QuatrainClient, outDir: string): Promise<void> {
  const progress = showProgress("colorization");
  await mkdir(outDir, { recursive: true });
  try {
    progress.update(0, "drawing and uploading a page and its reference");
    const page = await bring(client, join(outDir, "page.png"), drawGrayPage());
    const style = await bring(client, join(outDir, "reference.png"), drawReference());
    progress.update(0.3, "colouring");
    const job = await client.call(contract.twoPassJob, {
      chapter_id: CHAPTER,
      input_dir: page,
      style_reference: style,
      engine: "embedded",
      options: { strength: 1, seed_mode: "fixed", seed: 1 },
    });
    endedWell(await followColouring(client, job.job_id, progress));
    const coloured = join(outDir, "coloured.png");
    const which = { chapter_id: CHAPTER, page_num: "1", download: "1" };
    await writeFile(coloured, await client.bytes(contract.pageColorized, which));
    const { colours } = await client.call(contract.chapterPalette, { chapter_id: CHAPTER });
    progress.stop();
    process.stdout.write(
      `colorization: a drawn page with the colours of a drawn reference, mostly ${colours
        .slice(0, SHOWN_COLOURS)
        .map(({ colour }) => colour)
        .join(", ")}\n\npage: ${coloured}\n`,
    );
  } finally {
    progress.stop();
  }
}

/** Sends a picture that is written beside the result, too. @returns the upload's id */
async function bring(client: QuatrainClient, path: string, picture: Picture): Promise<string> {
  const png = new Uint8Array(await encodePng(picture, 3));
  await writeFile(path, png);
  return uploadPictures(client, [{ filename: path, content: new Blob([png]) }]);
}
