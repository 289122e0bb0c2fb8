import { open, stat } from "node:fs/promises";
import { extname } from "node:path";
import type { FilePart, QuatrainClient } from "../../client/index.ts";
import {
  colorizationArchive,
  getColorizationJob,
  twoPassJob,
  uploadPages,
} from "../../contracts/colorization/index.ts";
import type { AnswerOf } from "../../contracts/route.ts";
import { sniffFormat } from "../../ml/images/picture-format.ts";
import { userError } from "../../platform/errors/quatrain-error.ts";
import { withServer } from "../connection.ts";
import type { GlobalOptions } from "../global-options.ts";
import { note, printResult } from "../output.ts";
import { filePart, fileParts, listPictures, requireFile } from "../picture-files.ts";
import { type Progress, showProgress } from "../progress.ts";
import { demandPlace, saveStream } from "../save-stream.ts";

export interface ColorizeOptions extends GlobalOptions {
  readonly style: readonly string[];
  readonly out?: string;
  readonly strength: number;
  readonly seed?: number;
  readonly chapter: string;
  readonly engine: string;
}

type Job = AnswerOf<typeof getColorizationJob>;

const LOOK_EVERY_MS = 500;
const ARCHIVE = /\.(cbz|zip)$/i;

/** Colours pages with the colours of references, and saves the archive that comes back. */
export async function colourPages(paths: string[], options: ColorizeOptions): Promise<void> {
  const out =
    options.out ?? `${paths[0]!.replace(/\/$/, "").replace(/\.(cbz|zip|png|jpe?g|webp)$/i, "")}-coloured.cbz`;
  await demandPlace(out);
  for (const path of options.style) await demandPicture(path);
  const parts = await pageParts(paths);
  const done = await withServer(options, async (client) => {
    const pages = await uploadPictures(client, parts);
    const styles = await Promise.all(
      options.style.map(async (path) => uploadPictures(client, [await filePart(path)])),
    );
    const job = await client.call(twoPassJob, {
      chapter_id: options.chapter,
      input_mode: "batch",
      input_dir: pages,
      style_reference: styles[0],
      style_references: styles.slice(1),
      engine: options.engine,
      options: {
        strength: options.strength,
        ...(options.seed === undefined ? {} : { seed_mode: "fixed", seed: options.seed }),
      },
    });
    const ended = endedWell(await followJob(client, job.job_id));
    const format = extname(out) === ".zip" ? "zip" : "cbz";
    const bytes = await saveStream(
      out,
      await client.stream(colorizationArchive, { job_id: job.job_id, format }),
    );
    return { file: out, bytes, ...ended };
  });
  printResult(done, options.json, ({ file, progress, skipped_pages: skipped }) =>
    [
      `${file}: ${progress.pass2_done} pages`,
      ...(skipped.length === 0 ? [] : [`left as they are, coloured already: ${skipped.join(", ")}`]),
    ].join("\n"),
  );
  if (done.failed_pages.length === 0) return;
  for (const { page_num, source, error } of done.failed_pages) note(`page ${page_num}, ${source}: ${error}`);
  process.exitCode = 1;
}

/** Archives and pictures in the order in which they were named. */
async function pageParts(paths: readonly string[]): Promise<readonly FilePart[]> {
  const files: string[] = [];
  for (const path of paths) {
    if (ARCHIVE.test(path) && !(await isFolder(path))) {
      await requireFile(path);
      files.push(path);
    } else {
      files.push(...(await listPictures([path])));
    }
  }
  return fileParts(files);
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isDirectory() === true;
}

/** Said before anything is sent. @throws QuatrainError `no_such_file`, `not_a_picture` (400) */
async function demandPicture(path: string): Promise<void> {
  await requireFile(path);
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(64), 0, 64, 0);
    if (sniffFormat(buffer.subarray(0, bytesRead)) !== null) return;
  } finally {
    await file.close();
  }
  throw userError(
    "not_a_picture",
    400,
    `The reference ${path} is no picture that can be read: give a coloured png, jpeg, webp, bmp or tiff`,
  );
}

/** @returns the upload's id, which stands wherever a path may stand */
export async function uploadPictures(client: QuatrainClient, files: readonly FilePart[]): Promise<string> {
  const { id, skipped } = await client.call(uploadPages, {}, { file: files });
  for (const line of skipped) note(line);
  return id;
}

/** @throws QuatrainError `not_coloured` (400) with the job's own words */
export function endedWell(job: Job): Job {
  if (job.status === "completed") return job;
  throw userError("not_coloured", 400, job.error ?? `The job was ${job.status}`);
}

/** Waits for a job, page by page. @returns the job at its end */
export async function followColouring(
  client: QuatrainClient,
  jobId: string,
  progress: Progress,
): Promise<Job> {
  for (;;) {
    const job = await client.call(getColorizationJob, { job_id: jobId });
    if (job.status !== "queued" && job.status !== "running") return job;
    const { total_pages: total, pass1_done: first, pass2_done: second } = job.progress;
    progress.update(total === 0 ? 0 : (first + second) / (2 * total), `page ${second} of ${total}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

async function followJob(client: QuatrainClient, jobId: string): Promise<Job> {
  const progress = showProgress("colour");
  try {
    return await followColouring(client, jobId, progress);
  } finally {
    progress.stop();
  }
}
