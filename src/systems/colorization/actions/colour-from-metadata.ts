import { readdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Mask, Picture } from "../../../algorithms/image/picture.ts";
import { encodePng } from "../../../ml/images/edit-picture.ts";
import type { PictureLimits } from "../../../ml/images/picture-errors.ts";
import { QuatrainError } from "../../../platform/errors/quatrain-error.ts";
import type { JobOrder } from "../chapter-job.ts";
import type { PageEngine } from "../engine/port.ts";
import { badRequestB } from "../errors.ts";
import { writeClientCopy } from "../files/client-copy.ts";
import { formatJson } from "../files/json-file.ts";
import { readMetadataFile } from "../files/metadata-file.ts";
import { NO_STYLE, type PageMetadata } from "../files/page-metadata.ts";
import { pageFileNames, pageOfMetadataName } from "../files/page-names.ts";
import { readMask } from "../files/read-mask.ts";
import { Pass2Runmeta } from "../files/runmeta.ts";
import type { ColourOutcome, ColourWork, PageColourer } from "../page-colourer.ts";
import { readPagePicture } from "../read-page-picture.ts";
import { type ExtensionOptions, readExtensionOptions, readText } from "./read-extension-request.ts";
import { type ReadInputsDeps, readClientFile } from "./read-inputs.ts";

export interface FromMetadataDeps extends ReadInputsDeps {
  readonly engine: PageEngine;
  readonly colourer: PageColourer;
  readonly pictureLimits: PictureLimits;
  readonly clock: { now(): number };
}

export interface ColouredFile {
  readonly metaPath: string;
  readonly imagePath: string;
  readonly runmetaPath: string;
  readonly engine: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** Dialect B's `pass2/run`: one page of whose metadata the path is known. @throws QuatrainError 400 in its words */
export async function colourOne(
  deps: FromMetadataDeps,
  body: Fields,
  signal: AbortSignal,
): Promise<ColouredFile> {
  const options = readExtensionOptions(body);
  const metaPath = readText(body, "meta_path");
  if (metaPath === null) throw badRequestB("'meta_path' is required");
  const place = await deps.paths.locate("meta_path", metaPath);
  if (!(await isFile(place))) throw badRequestB("'meta_path' must be an existing file");
  const output = await outputFolder(deps, body, dirname(place));
  return colourFile(deps, place, output, options, signal);
}

/** Dialect B's `pass2/batch`: every page of a folder of metadata. @throws QuatrainError 400 in its words */
export async function colourFolder(
  deps: FromMetadataDeps,
  body: Fields,
  signal: AbortSignal,
): Promise<ColouredFile[]> {
  const options = readExtensionOptions(body);
  const named = readText(body, "metadata_dir");
  const folder = named === null ? null : await deps.paths.locate("metadata_dir", named);
  if (
    folder === null ||
    !(await stat(folder).then(
      (facts) => facts.isDirectory(),
      () => false,
    ))
  ) {
    throw badRequestB("'metadata_dir' must be an existing directory");
  }
  const names = (await readdir(folder)).filter((name) => pageOfMetadataName(name) !== null).sort();
  if (names.length === 0) throw badRequestB("No page_*.meta.json found in metadata_dir");
  const expected = body.expected_pages;
  if (expected !== undefined && expected !== null && Number(expected) !== names.length) {
    throw badRequestB(`expected_pages mismatch: found=${names.length} expected=${String(expected)}`);
  }
  const output = await outputFolder(deps, body, folder);
  const done: ColouredFile[] = [];
  for (const name of names) done.push(await colourFile(deps, join(folder, name), output, options, signal));
  return done;
}

/** The folder that is named, else that of the metadata. */
async function outputFolder({ paths }: FromMetadataDeps, body: Fields, besides: string): Promise<string> {
  const named = readText(body, "output_dir");
  return named === null ? besides : paths.locateOutput("output_dir", named);
}

async function colourFile(
  deps: FromMetadataDeps,
  metaPath: string,
  output: string,
  wish: ExtensionOptions,
  signal: AbortSignal,
): Promise<ColouredFile> {
  const began = performance.now();
  const metadata = await readMetadataFile(metaPath);
  const page = await pictureAt(deps, "page_image", metadata.page_image);
  if (metadata.style_reference === NO_STYLE)
    throw badRequestB("The metadata names no style_reference: its first pass was made without one");
  const reference = await pictureAt(deps, "style_reference", metadata.style_reference);
  const prepared = await deps.engine.prepare(page, signal);
  const textMask = await maskAt(deps, metadata.text_mask, page);
  const seed = wish.seedOverride ?? metadata.page_seed;
  const references = await deps.engine.describe([reference], [prepared.kind], seed, signal);
  if (!references.hasColour && wish.engine !== "dummy")
    throw badRequestB("The style reference has no colour to give");
  const outcome = await askEngine(
    deps,
    {
      order: orderOf(metadata, wish),
      prompt: wish.prompt || metadata.page_prompt,
      pageNum: metadata.page_num,
      page,
      prepared: textMask === null ? prepared : { ...prepared, textMask },
      references,
      reference,
      seed,
      exemplars: [],
      characters: [],
      pinned: [],
    },
    signal,
  );
  const names = pageFileNames(metadata.page_num);
  const write = (name: string, bytes: Uint8Array) => writeClientCopy("output_dir", output, name, bytes);
  const imagePath = await write(names.colorized, await encodePng(outcome.picture));
  const runmeta = formatJson(Pass2Runmeta, {
    meta_source: metaPath,
    engine: outcome.engine,
    seed,
    strength: wish.strength,
    status: outcome.engine === "dummy" ? "not_coloured" : "completed",
    page_num: metadata.page_num,
    input_image: metadata.page_image,
    style_reference: metadata.style_reference,
    text_mask: metadata.text_mask,
    timestamp_utc: new Date(deps.clock.now()).toISOString(),
    options: { ...(wish.options as Record<string, never>), chapter_id: "default" },
    duration_ms: Math.round(performance.now() - began),
    output_image: imagePath,
    text_preservation_applied: true,
    pass1_runmeta: null,
    ...(outcome.fallback === null
      ? {}
      : { engine_fallback: outcome.fallback.from, engine_fallback_reason: outcome.fallback.reason }),
  });
  const runmetaPath = await write(names.pass2Runmeta, Buffer.from(runmeta));
  return { metaPath, imagePath, runmetaPath, engine: outcome.engine };
}

/** Nobody waits for a job here: an engine that cannot be used is told as such. */
async function askEngine(
  { colourer }: FromMetadataDeps,
  work: ColourWork,
  signal: AbortSignal,
): Promise<ColourOutcome> {
  try {
    return await colourer.colour(work, signal);
  } catch (error) {
    if (!(error instanceof QuatrainError) || !error.code.startsWith("engine_")) throw error;
    throw new QuatrainError(error.message, { code: error.code, status: 503, cause: error });
  }
}

async function pictureAt(deps: FromMetadataDeps, field: string, path: string): Promise<Picture> {
  try {
    return await readPagePicture(await readClientFile(deps, field, path), deps.pictureLimits);
  } catch (error) {
    if (!(error instanceof QuatrainError) || error.code === "path_not_allowed") throw error;
    throw badRequestB(`${field} of the metadata (${path.slice(0, 300)}): ${error.message}`);
  }
}

/** The mask that the first pass has written; null where it is not there: it is found anew then. */
async function maskAt(deps: FromMetadataDeps, path: string, page: Picture): Promise<Mask | null> {
  const place = await deps.paths.locate("text_mask", path);
  if (!(await isFile(place))) return null;
  return readMask(await readClientFile(deps, "text_mask", path), page, deps.pictureLimits);
}

function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (facts) => facts.isFile(),
    () => false,
  );
}

function orderOf(
  metadata: PageMetadata,
  { engine, strength, seedOverride, prompt, fallback, options }: ExtensionOptions,
): JobOrder {
  return {
    kind: "pass2",
    chapterId: "default",
    inputMode: "single",
    inputDir: null,
    styleReferences: [metadata.style_reference],
    engine,
    strength,
    seedMode: seedOverride === null ? "metadata" : "fixed",
    seed: seedOverride,
    skipColoured: false,
    fallback,
    prompt: prompt || metadata.page_prompt,
    hints: [],
    metadataOutput: null,
    pass2Output: null,
    masksOutput: null,
    options,
  };
}
