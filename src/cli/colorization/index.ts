import { openAsBlob } from "node:fs";
import { stat } from "node:fs/promises";
import { basename, extname } from "node:path";
import type { Command } from "commander";
import type { FilePart, QuatrainClient } from "../../client/index.ts";
import {
  chapterPalette,
  colorizationArchive,
  getColorizationJob,
  twoPassJob,
  uploadPages,
} from "../../contracts/colorization/index.ts";
import type { AnswerOf } from "../../contracts/route.ts";
import { userError } from "../../platform/errors/quatrain-error.ts";
import { withServer } from "../connection.ts";
import { type GlobalOptions, withGlobalOptions } from "../global-options.ts";
import { note, printResult, table } from "../output.ts";
import { fileParts, listPictures } from "../picture-files.ts";
import { showProgress } from "../progress.ts";
import { saveStream } from "../save-stream.ts";

interface ColorizeOptions extends GlobalOptions {
  readonly style: readonly string[];
  readonly out?: string;
  readonly strength: string;
  readonly seed?: string;
  readonly chapter: string;
  readonly engine: string;
}

type Job = AnswerOf<typeof getColorizationJob>;

const LOOK_EVERY_MS = 500;

export function addColorizationCommands(program: Command): void {
  withGlobalOptions(
    program
      .command("colorize")
      .description("colour manga pages from a style reference")
      .argument("<pages...>", "pictures, folders of them, or one zip or cbz")
      .requiredOption(
        "--style <picture>",
        "coloured picture of the same characters; may be repeated",
        collect,
        [],
      )
      .option(
        "-o, --out <file>",
        "archive of coloured pages (default: beside the first page, as -coloured.cbz)",
      )
      .option("--strength <share>", "0 leaves the pages as they are, 1 colours them fully", "1")
      .option("--seed <number>", "the same seed gives the same bytes (default: one for each page)")
      .option("--chapter <name>", "pages of one chapter share their colours", "command-line")
      .option("--engine <name>", "embedded, or flux where the server has a ComfyUI", "embedded"),
  ).action(colourPages);
  withGlobalOptions(
    program.command("colorize-palette <chapter>").description("the colours that a chapter has settled on"),
  ).action((chapter: string, options: GlobalOptions) =>
    withServer(options, async (client) => {
      const palette = await client.call(chapterPalette, { chapter_id: chapter });
      printResult(palette, options.json, ({ colours }) =>
        table(
          ["colour", "share"],
          colours.map(({ colour, share }) => [colour, `${(100 * share).toFixed(1)} %`]),
        ),
      );
    }),
  );
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

async function colourPages(paths: string[], options: ColorizeOptions): Promise<void> {
  const out =
    options.out ?? `${paths[0]!.replace(/\/$/, "").replace(/\.(cbz|zip|png|jpe?g|webp)$/i, "")}-coloured.cbz`;
  const done = await withServer(options, async (client) => {
    const pages = await upload(client, await pageParts(paths));
    const styles = await Promise.all(
      options.style.map(async (path) => upload(client, await fileParts([path]))),
    );
    const job = await client.call(twoPassJob, {
      chapter_id: options.chapter,
      input_mode: "batch",
      input_dir: pages,
      style_reference: styles[0],
      style_references: styles.slice(1),
      engine: options.engine,
      options: {
        strength: Number(options.strength),
        ...(options.seed === undefined ? {} : { seed_mode: "fixed", seed: Number(options.seed) }),
      },
    });
    const ended = await follow(client, job.job_id);
    if (ended.status !== "completed") {
      throw userError("not_coloured", 400, ended.error ?? `The job was ${ended.status}`);
    }
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
  for (const { page_num, error } of done.failed_pages) note(`page ${page_num}: ${error}`);
  process.exitCode = 1;
}

async function pageParts(paths: readonly string[]): Promise<readonly FilePart[]> {
  const archives = paths.filter((path) => /\.(cbz|zip)$/i.test(path));
  const pictures = paths.filter((path) => !/\.(cbz|zip)$/i.test(path));
  const packed = await Promise.all(
    archives.map(async (path) => {
      if (!(await stat(path).catch(() => null))?.isFile()) {
        throw userError("no_such_file", 400, `There is no file ${path}`);
      }
      return { filename: basename(path), content: await openAsBlob(path) };
    }),
  );
  const single = pictures.length === 0 ? [] : await fileParts(await listPictures(pictures));
  return [...packed, ...single];
}

async function upload(client: QuatrainClient, files: readonly FilePart[]): Promise<string> {
  const { id, skipped } = await client.call(uploadPages, {}, { file: files });
  for (const line of skipped) note(line);
  return id;
}

async function follow(client: QuatrainClient, jobId: string): Promise<Job> {
  const progress = showProgress("colour");
  try {
    for (;;) {
      const job = await client.call(getColorizationJob, { job_id: jobId });
      if (job.status !== "queued" && job.status !== "running") return job;
      const { total_pages: total, pass1_done: first, pass2_done: second } = job.progress;
      progress.update(total === 0 ? 0 : (first + second) / (2 * total), `page ${second} of ${total}`);
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  } finally {
    progress.stop();
  }
}
