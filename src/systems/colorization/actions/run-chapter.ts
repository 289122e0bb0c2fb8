import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { probePicture } from "../../../ml/images/decode-picture.ts";
import { messageOf, QuatrainError } from "../../../platform/errors/quatrain-error.ts";
import { type ChapterJob, ENDED, type JobOrder, type JobPage, pageKeys } from "../chapter-job.ts";
import type { ClientStages } from "../client-stages.ts";
import { badRequestB } from "../errors.ts";
import type { PictureFetcher } from "../fetching/open-fetcher.ts";
import { slug } from "../files/page-names.ts";
import type { UploadedPage } from "../store/upload-store.ts";
import { type AcceptJobDeps, acceptJob } from "./accept-job.ts";
import type { PageFileDeps } from "./page-files.ts";
import { readBase64, readExtensionOptions, readText } from "./read-extension-request.ts";
import { MAX_PAGES } from "./read-inputs.ts";

export interface RunChapterDeps extends AcceptJobDeps, PageFileDeps {
  readonly fetcher: PictureFetcher;
  readonly stages: ClientStages;
}

type Fields = Readonly<Record<string, unknown>>;

/** A page before it is kept: where it came from, and its bytes. */
interface Arrived {
  readonly source: "url" | "upload";
  readonly label: string;
  readonly bytes: Uint8Array;
}

export interface ChapterOutcome {
  readonly job: ChapterJob;
  readonly mangaId: string;
  readonly chapterId: string;
  readonly outputRoot: string;
  readonly styleSource: "url" | "base64";
  readonly pages: readonly {
    readonly page: JobPage;
    readonly arrived: Omit<Arrived, "bytes">;
    readonly files: CopiedFiles;
  }[];
}

interface CopiedFiles {
  readonly input: string;
  readonly metadata: string;
  readonly runmeta: string;
  readonly image: string;
}

const LOOK_EVERY_MS = 500;
const DEFAULT_ROOT = "extension";

/**
 * The extension's main call: fetches the pages, colours them as a job like any other, and lays the files out as its
 * contract says. Source: spec/colorization.md section 2, "run_chapter".
 * @throws QuatrainError 400 in the dialect's words; what the fetcher throws
 */
export async function runChapter(
  deps: RunChapterDeps,
  body: Fields,
  signal: AbortSignal,
): Promise<ChapterOutcome> {
  const { engine, strength, seedOverride, options } = readExtensionOptions(body);
  const clientId = readText(body, "client_id");
  const mangaId = slug(readText(body, "manga_id") ?? "manga_default", "manga_default");
  const chapterId = slug(readText(body, "chapter_id") ?? "chapter_001", "chapter_001");
  const outputRoot = await deps.paths.locate("output_root", readText(body, "output_root") ?? DEFAULT_ROOT);
  const { style, pages } = await deps.stages.while(clientId, "Baixando...", () =>
    arrivals(deps, body, signal),
  );
  const upload = await keep(deps, pages);
  const reference = await keep(deps, [style]);
  const order: JobOrder = {
    kind: "two-pass",
    chapterId,
    paletteKey: `${mangaId}/${chapterId}`,
    inputMode: "batch",
    inputDir: upload,
    styleReferences: [reference],
    engine,
    strength,
    seedMode: seedOverride === null ? "metadata" : "fixed",
    seed: seedOverride,
    skipColoured: true,
    fallback: options.fallback === "embedded" ? "embedded" : null,
    prompt: "",
    hints: [],
    metadataOutput: null,
    pass2Output: null,
    masksOutput: null,
    options,
  };
  const accepted = await acceptJob(deps, {
    order,
    clientId,
    idempotencyKey: null,
    body: null,
    strict: false,
  });
  const job = await ended(deps, accepted.id, signal);
  if (job.status !== "completed") throw badRequestB(job.error ?? `The chapter was ${job.status}`);
  const folder = join(outputRoot, mangaId, "chapters", chapterId);
  const done = await deps.jobs.listPages(job.id);
  const laidOut = [];
  for (const [index, page] of done.entries()) {
    const { bytes: _bytes, ...arrived } = pages[index]!;
    if (page.pass2Done) laidOut.push({ page, arrived, files: await layOut(deps, job, page, folder) });
  }
  return {
    job,
    mangaId,
    chapterId,
    outputRoot,
    styleSource: style.source === "url" ? "url" : "base64",
    pages: laidOut,
  };
}

async function arrivals(
  deps: RunChapterDeps,
  body: Fields,
  signal: AbortSignal,
): Promise<{ style: Arrived; pages: Arrived[] }> {
  const referer = readText(body, "page_referer") ?? undefined;
  // used for the download and kept nowhere
  const cookie = readText(body, "page_cookie_header") ?? undefined;
  const style = await styleOf(deps, body, { referer, cookie, signal });
  const urls = listOf(body, "page_urls");
  const uploads = listOf(body, "page_uploads");
  if (urls.length + uploads.length === 0) throw badRequestB("No pages: send 'page_urls' or 'page_uploads'");
  if (urls.length + uploads.length > MAX_PAGES) throw badRequestB(`More than ${MAX_PAGES} pages`);
  const pages: Arrived[] = [];
  for (const url of urls) {
    if (typeof url !== "string") throw badRequestB("'page_urls' must be a list of strings");
    const { bytes } = await deps.fetcher.fetchPicture({ url, referer, cookie, signal });
    pages.push({ source: "url", label: url, bytes });
  }
  for (const [index, entry] of uploads.entries()) {
    const { filename, content_base64: content } = (entry ?? {}) as Fields;
    if (typeof content !== "string") throw badRequestB(`'page_uploads[${index}].content_base64' is required`);
    const label = typeof filename === "string" && filename !== "" ? basename(filename) : `page_${index + 1}`;
    pages.push({ source: "upload", label, bytes: readBase64(`page_uploads[${index}]`, content) });
  }
  return { style, pages };
}

async function styleOf(
  deps: RunChapterDeps,
  body: Fields,
  how: { referer: string | undefined; cookie: string | undefined; signal: AbortSignal },
): Promise<Arrived> {
  const base64 = readText(body, "style_reference_base64");
  if (base64 !== null) {
    const label = readText(body, "style_reference_filename") ?? "style_reference";
    return { source: "upload", label, bytes: readBase64("style_reference_base64", base64) };
  }
  const url = readText(body, "style_reference_url");
  if (url === null) {
    throw badRequestB("A style reference is required: 'style_reference_url' or 'style_reference_base64'");
  }
  const { bytes } = await deps.fetcher.fetchPicture({ url, ...how });
  return { source: "url", label: url, bytes };
}

function listOf(body: Fields, name: string): readonly unknown[] {
  const value = body[name] ?? [];
  if (!Array.isArray(value)) throw badRequestB(`'${name}' must be a list`);
  return value;
}

/** Keeps pictures as an upload of their own. @returns its id */
async function keep(
  { store, uploads, ids, clock }: RunChapterDeps,
  arrived: readonly Arrived[],
): Promise<string> {
  const id = `upl_${ids.hex(12)}`;
  const files: UploadedPage[] = [];
  for (const [index, { label, bytes }] of arrived.entries()) {
    const { width, height, format } = await probed(label, bytes);
    const key = `uploads/${id}/${String(index + 1).padStart(4, "0")}.${format === "jpeg" ? "jpg" : format}`;
    await store.put(key, bytes);
    files.push({ id: `${id}/${index + 1}`, name: basename(key), key, width, height });
  }
  const bytes = arrived.reduce((sum, entry) => sum + entry.bytes.length, 0);
  await uploads.add({ id, kind: "pages", files, bytes, createdAt: clock.now() });
  return id;
}

async function probed(label: string, bytes: Uint8Array) {
  try {
    return await probePicture(bytes);
  } catch (error) {
    if (error instanceof QuatrainError) throw badRequestB(`${label}: ${messageOf(error)}`);
    throw error;
  }
}

async function ended({ jobs }: RunChapterDeps, id: string, signal: AbortSignal): Promise<ChapterJob> {
  for (;;) {
    const job = await jobs.findJob(id);
    if (job === null || ENDED.includes(job.status)) return job!;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, LOOK_EVERY_MS);
    signal.addEventListener("abort", () => resolve(), { once: true });
    await promise;
    clearTimeout(timer);
    signal.throwIfAborted(); // the job goes on; the client may ask for its pages later
  }
}

/** `<output_root>/<manga>/chapters/<chapter>/{inputs,pass1/masks,metadata,pass2}` */
async function layOut(
  { store }: RunChapterDeps,
  job: ChapterJob,
  page: JobPage,
  folder: string,
): Promise<CopiedFiles> {
  const keys = pageKeys(job.id, page.pageNum);
  const copy = async (key: string, ...below: string[]): Promise<string> => {
    const target = join(folder, ...below, basename(key));
    await mkdir(join(folder, ...below), { recursive: true });
    const local = store.localPath(key);
    if (local === null) await writeFile(target, await store.read(key), { flush: true });
    else await copyFile(local, target);
    return target;
  };
  const files = {
    input: await copy(page.inputKey, "inputs"),
    metadata: await copy(keys.metadata, "metadata"),
    runmeta: await copy(keys.runmetaPass1, "metadata"),
    image: await copy(keys.colorized, "pass2"),
  };
  await copy(keys.mask, "pass1", "masks");
  await copy(keys.runmetaPass2, "pass2");
  return files;
}
