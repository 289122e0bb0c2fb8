import { basename } from "node:path";
import type { Mask, Picture } from "../../../algorithms/image/picture.ts";
import type { PageBox, PreparedPage } from "../../../algorithms/page/prepared-page.ts";
import { AFFECTED_LIMITS, LINE_TOLERANCE } from "../../../algorithms/page/structure-check.ts";
import { encodePng } from "../../../ml/images/edit-picture.ts";
import type { FileStore } from "../../../platform/storage/file-store.ts";
import { type ChapterJob, type JobPage, pageKeys } from "../chapter-job.ts";
import type { Part } from "../characters.ts";
import type { ClientPaths } from "../client-paths.ts";
import type { LinesReport, StructureCheck } from "../engine/port.ts";
import { writeClientCopy } from "../files/client-copy.ts";
import { characterId, DETECTION_CLASSES, type Detection } from "../files/detections.ts";
import { formatJson } from "../files/json-file.ts";
import { NO_STYLE, PageMetadata } from "../files/page-metadata.ts";
import { pageSeed } from "../files/page-seed.ts";
import { PhaseCStructure } from "../files/phase-c.ts";
import { Pass1Runmeta, Pass2Runmeta } from "../files/runmeta.ts";
import type { ColourOutcome } from "../page-colourer.ts";
import type { UploadStore } from "../store/upload-store.ts";
import { paletteColours } from "./palette-colours.ts";

/** What is written of a page before its rows are there. */
type FiledPage = Pick<JobPage, "pageNum" | "inputKey" | "facts">;

export interface PageFileDeps {
  readonly store: FileStore;
  readonly paths: ClientPaths;
  readonly uploads: UploadStore;
  /** How the store is called towards clients, ending in a slash. */
  readonly pathPrefix: string;
  readonly clock: { now(): number };
}

/** What is kept of a page's second pass. */
export interface Pass2Facts {
  readonly outcome: ColourOutcome;
  readonly seed: number;
  readonly durationMs: number;
  readonly check: StructureCheck;
  readonly isSkipped: boolean;
  /** Colours of characters that the page should have had. */
  readonly parts: readonly Part[];
}

const FIGURES_AS_BODIES = 20;
const BOX_CONFIDENCE = 1;

/** Writes what the first pass of a page found: metadata, mask, runmeta. */
export async function writePass1(
  deps: PageFileDeps,
  job: ChapterJob,
  page: JobPage,
  prepared: PreparedPage,
  durationMs: number,
): Promise<void> {
  const { pathPrefix } = deps;
  const keys = pageKeys(job.id, page.pageNum);
  const metadata = formatJson(PageMetadata, {
    page_num: page.pageNum,
    page_image: pathPrefix + page.inputKey,
    page_seed: page.facts.metadataSeed ?? pageSeed(job.order.chapterId, page.pageNum),
    page_prompt: job.order.prompt || page.facts.metadataPrompt || "manga page, full colour, clean colours",
    style_reference: await stylePath(deps, job),
    text_mask: pathPrefix + keys.mask,
    detections: detectionsOf(prepared, page.pageNum),
  });
  const runmeta = formatJson(Pass1Runmeta, {
    metadata_file: pathPrefix + keys.metadata,
    mode: "embedded",
    fallback_reason: null,
    dependencies: { embedded: true },
    duration_ms: Math.round(durationMs),
    timestamp_utc: stamp(deps),
    status: "completed",
    page_kind: prepared.kind,
  });
  const mask = await maskPng(prepared.textMask);
  // pass 2 alone reads what is there: that stays as its owner has left it
  const isOurs = job.kind !== "pass2";
  const [metadataOutput, masksOutput] = isOurs
    ? [job.order.metadataOutput, job.order.masksOutput]
    : [null, null];
  await put(deps, keys.mask, mask, masksOutput, "masks_output");
  await put(deps, keys.runmetaPass1, Buffer.from(runmeta), metadataOutput, "metadata_output");
  await put(deps, keys.metadata, Buffer.from(metadata), metadataOutput, "metadata_output");
}

/** Writes a coloured page, how it came about, and the check of its lines. The picture comes last but for its runmeta. */
export async function writePass2(
  deps: PageFileDeps,
  job: ChapterJob,
  page: JobPage,
  facts: Pass2Facts,
): Promise<void> {
  const keys = pageKeys(job.id, page.pageNum);
  const { outcome, check } = facts;
  const { picture } = outcome;
  const { pass2Output } = job.order;
  const write = (key: string, bytes: Uint8Array) => put(deps, key, bytes, pass2Output, "pass2_output");
  await write(keys.structure, Buffer.from(formatJson(PhaseCStructure, structureOf(picture, check.report))));
  await write(keys.inpaintMask, await maskPng(check.report.inpaintMask));
  await write(keys.overlay, await encodePng(check.overlay));
  await write(keys.colorized, await encodePng(picture));
  const style = await stylePath(deps, job);
  await write(
    keys.runmetaPass2,
    Buffer.from(formatJson(Pass2Runmeta, pass2Runmeta(deps, job, page, facts, style))),
  );
}

/** Says of a page that it could not be coloured, and why. */
export async function writeFailedPass2(
  deps: PageFileDeps,
  job: ChapterJob,
  page: FiledPage,
  error: string,
): Promise<void> {
  const keys = pageKeys(job.id, page.pageNum);
  const runmeta = {
    ...commonRunmeta(deps, job, page, seedOf(job, page), await stylePath(deps, job)),
    engine: job.order.engine,
    status: "failed",
    duration_ms: 0,
    output_image: null,
    text_preservation_applied: false,
    error,
  };
  const bytes = Buffer.from(formatJson(Pass2Runmeta, runmeta));
  await put(deps, keys.runmetaPass2, bytes, job.order.pass2Output, "pass2_output");
}

function pass2Runmeta(deps: PageFileDeps, job: ChapterJob, page: JobPage, facts: Pass2Facts, style: string) {
  const { outcome, seed, durationMs, check, isSkipped } = facts;
  const keys = pageKeys(job.id, page.pageNum);
  return {
    ...commonRunmeta(deps, job, page, seed, style),
    engine: outcome.engine,
    status: isSkipped
      ? "skipped_already_coloured"
      : outcome.engine === "dummy"
        ? "not_coloured"
        : "completed",
    duration_ms: Math.round(durationMs),
    output_image: deps.pathPrefix + keys.colorized,
    text_preservation_applied: true,
    ...(outcome.fallback === null
      ? {}
      : { engine_fallback: outcome.fallback.from, engine_fallback_reason: outcome.fallback.reason }),
    ...(outcome.paletteDrift === null ? {} : { palette_drift_de2000: outcome.paletteDrift }),
    ...(outcome.hintsIgnored === 0 ? {} : { hints_ignored: outcome.hintsIgnored }),
    ...paletteColours(facts.parts, outcome),
    structural_alert: check.report.hasAlert,
  };
}

function commonRunmeta(
  { pathPrefix, ...deps }: PageFileDeps,
  job: ChapterJob,
  page: FiledPage,
  seed: number,
  style: string,
) {
  const keys = pageKeys(job.id, page.pageNum);
  return {
    meta_source: pathPrefix + keys.metadata,
    seed,
    strength: job.order.strength,
    page_num: page.pageNum,
    input_image: pathPrefix + page.inputKey,
    style_reference: style,
    text_mask: pathPrefix + keys.mask,
    timestamp_utc: stamp(deps),
    options: { ...(job.order.options as Record<string, never>), chapter_id: job.order.chapterId },
    pass1_runmeta: pathPrefix + keys.runmetaPass1,
  };
}

/** In the store, and as a copy where the client asked for one. */
async function put(
  { store, paths }: PageFileDeps,
  key: string,
  bytes: Uint8Array,
  folder: string | null,
  field: string,
): Promise<void> {
  await store.put(key, bytes);
  if (folder === null) return;
  await writeClientCopy(field, await paths.locateOutput(field, folder), basename(key), bytes);
}

function detectionsOf({ panels, texts, figures, textMask }: PreparedPage, pageNum: number): Detection[] {
  const at = (classId: 0 | 2 | 3) => (box: PageBox, index: number) => ({
    bbox: [box.x, box.y, box.x + box.width, box.y + box.height] as [number, number, number, number],
    confidence: BOX_CONFIDENCE,
    page_num: pageNum,
    class_id: classId,
    class_name: DETECTION_CLASSES[classId],
    char_id: classId === 0 ? characterId(pageNum, index) : null,
    sam_mask_rle: null,
    mask_shape: [textMask.height, textMask.width] as [number, number],
    depth_score: 0,
    depth_rank: index,
  });
  return [...figures.slice(0, FIGURES_AS_BODIES).map(at(0)), ...panels.map(at(2)), ...texts.map(at(3))];
}

function structureOf({ width, height }: Picture, check: LinesReport) {
  return {
    page_shape: [height, width] as [number, number],
    thresholds: {
      distance_px: LINE_TOLERANCE,
      micro_pct: AFFECTED_LIMITS.micro,
      critical_pct: AFFECTED_LIMITS.critical,
    },
    line_metrics: { line_iou: check.lineIou, line_dice: check.lineDice },
    panel_count: check.panels.length,
    panels: check.panels.map(({ box, affectedPercent, verdict }, index) => ({
      panel_index: index,
      bbox: [box.x, box.y, box.width, box.height] as [number, number, number, number],
      affected_ratio_pct: affectedPercent,
      verdict,
    })),
    page_affected_ratio_pct: check.affectedPercent,
    has_structural_alert: check.hasAlert,
  };
}

function maskPng({ width, height, data }: Mask): Promise<Uint8Array> {
  // this is the event loop: a loop takes a fifth of the time of a call for each pixel
  const white = new Uint8Array(data.length);
  for (let at = 0; at < white.length; at++) white[at] = data[at] === 0 ? 0 : 255;
  return encodePng({ width, height, data: white }, 1);
}

/** Where the style reference lies: an upload's own file, else as the client named it. */
async function stylePath({ uploads, pathPrefix }: PageFileDeps, { order }: ChapterJob): Promise<string> {
  const word = order.styleReferences[0];
  if (word === undefined) return NO_STYLE;
  const upload = await uploads.find(word);
  return upload?.files[0] === undefined ? word : pathPrefix + upload.files[0].key;
}

/** The one that the job was given, else that of the page's metadata, else the one that the chapter and page have. */
export function seedOf({ order }: ChapterJob, { pageNum, facts }: FiledPage): number {
  return order.seed ?? facts.metadataSeed ?? pageSeed(order.chapterId, pageNum);
}

function stamp({ clock }: Pick<PageFileDeps, "clock">): string {
  return new Date(clock.now()).toISOString();
}
