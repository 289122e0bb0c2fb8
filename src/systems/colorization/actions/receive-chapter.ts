import { basename } from "node:path";
import { QuatrainError } from "../../../platform/errors/quatrain-error.ts";
import { badRequestB } from "../errors.ts";
import type { PictureFetcher } from "../fetching/open-fetcher.ts";
import { type KeepUploadDeps, keepUpload, type UploadKeeper } from "./keep-upload.ts";
import { readBase64, readText } from "./read-extension-request.ts";
import { MAX_PAGES } from "./read-inputs.ts";
import { removeUpload } from "./remove-job.ts";

export interface ReceiveChapterDeps extends KeepUploadDeps {
  readonly fetcher: PictureFetcher;
}

type Fields = Readonly<Record<string, unknown>>;

/** Where a page or a reference came from. */
export interface Origin {
  readonly source: "url" | "upload";
  readonly label: string;
}

/** What has arrived of a chapter. */
export interface Arrivals {
  readonly style: Origin;
  /** Id of the upload that holds it. */
  readonly styleUpload: string;
  readonly pages: readonly Origin[];
  readonly pagesUpload: string;
}

const MAX_HEADER = 8_000;
const MAX_LABEL = 300;
const ENDS_EVERYTHING: ReadonlySet<string> = new Set(["url_refused", "too_many_pages", "too_large"]);

/** How pictures are fetched. The cookie is used for the download and kept nowhere. */
interface Fetching {
  readonly referer: string | undefined;
  readonly cookie: string | undefined;
  readonly signal: AbortSignal;
}

/**
 * Brings the reference and the pages of a request, as uploads of the job's own. A page that does not arrive, or is no picture,
 * keeps its number and fails with its reason; an address that must not be fetched ends everything.
 * @throws QuatrainError 400 in the dialect's words; `url_refused`; for the reference what the fetcher throws
 */
export async function receiveChapter(
  deps: ReceiveChapterDeps,
  body: Fields,
  signal: AbortSignal,
): Promise<Arrivals> {
  const how: Fetching = {
    referer: readText(body, "page_referer", MAX_HEADER) ?? undefined,
    cookie: readText(body, "page_cookie_header", MAX_HEADER) ?? undefined,
    signal,
  };
  const [urls, uploads] = [readUrls(body), readUploads(body)];
  const bringStyle = styleOf(deps, body, how);
  if (urls.length + uploads.length === 0) throw badRequestB("No pages: send 'page_urls' or 'page_uploads'");
  if (urls.length + uploads.length > MAX_PAGES) throw badRequestB(`More than ${MAX_PAGES} pages`);
  const { style, id: styleUpload } = await bringStyle();
  try {
    const { id: pagesUpload } = await keepUpload(deps, async (keeper) => {
      for (const url of urls) await keepFetched(deps, keeper, url, how);
      for (const { label, bytes } of uploads) await keepOrMiss(keeper, label, async () => bytes);
      return "pages";
    });
    const pages = [
      ...urls.map((label) => ({ source: "url" as const, label })),
      ...uploads.map(({ label }) => ({ source: "upload" as const, label })),
    ];
    return { style, styleUpload, pages, pagesUpload };
  } catch (error) {
    await removeUpload(deps, styleUpload);
    throw error;
  }
}

async function keepFetched(
  { fetcher }: ReceiveChapterDeps,
  keeper: UploadKeeper,
  url: string,
  how: Fetching,
): Promise<void> {
  await keepOrMiss(keeper, url, async () => (await fetcher.fetchPicture({ url, ...how })).bytes);
}

/** An address that must not be fetched ends everything; anything else is that page's own fault. */
async function keepOrMiss(
  keeper: UploadKeeper,
  label: string,
  bring: () => Promise<Uint8Array>,
): Promise<void> {
  try {
    await keeper.keep(label.slice(0, MAX_LABEL), await bring());
  } catch (error) {
    const isItsOwn = error instanceof QuatrainError && error.status < 500 && !ENDS_EVERYTHING.has(error.code);
    if (!isItsOwn) throw error;
    keeper.miss(label.slice(0, MAX_LABEL), error.message);
  }
}

function readUrls(body: Fields): string[] {
  return listOf(body, "page_urls").map((url) => {
    if (typeof url !== "string") throw badRequestB("'page_urls' must be a list of strings");
    return url.trim();
  });
}

function readUploads(body: Fields): { label: string; bytes: Buffer }[] {
  return listOf(body, "page_uploads").map((entry, index) => {
    const { filename, content_base64: content } = (entry ?? {}) as Fields;
    if (typeof content !== "string") throw badRequestB(`'page_uploads[${index}].content_base64' is required`);
    const label = typeof filename === "string" && filename !== "" ? basename(filename) : `page_${index + 1}`;
    return { label, bytes: readBase64(`page_uploads[${index}]`, content) };
  });
}

/** Checked at once, brought later. */
function styleOf(
  deps: ReceiveChapterDeps,
  body: Fields,
  how: Fetching,
): () => Promise<{ style: Origin; id: string }> {
  const base64 = readText(body, "style_reference_base64", Number.POSITIVE_INFINITY);
  if (base64 !== null) {
    const label = readText(body, "style_reference_filename") ?? "style_reference";
    const bytes = readBase64("style_reference_base64", base64);
    return () => keepStyle(deps, { source: "upload", label }, bytes);
  }
  const url = readText(body, "style_reference_url");
  if (url === null) {
    throw badRequestB("A style reference is required: 'style_reference_url' or 'style_reference_base64'");
  }
  return async () => {
    const { bytes } = await deps.fetcher.fetchPicture({ url, ...how });
    return keepStyle(deps, { source: "url", label: url }, bytes);
  };
}

async function keepStyle(deps: ReceiveChapterDeps, style: Origin, bytes: Uint8Array) {
  const { id } = await keepUpload(deps, async (keeper) => {
    try {
      await keeper.keep(style.label, bytes);
    } catch (error) {
      if (!(error instanceof QuatrainError) || error.status !== 400) throw error;
      throw badRequestB(`The style reference ${style.label.slice(0, MAX_LABEL)}: ${error.message}`);
    }
    return "image";
  });
  return { style, id };
}

function listOf(body: Fields, name: string): readonly unknown[] {
  const value = body[name] ?? [];
  if (!Array.isArray(value)) throw badRequestB(`'${name}' must be a list`);
  return value;
}
