import { createHash } from "node:crypto";
import { buffer } from "node:stream/consumers";
import type { ZipItem } from "../../../platform/archives/list-entries.ts";
import { type OpenZip, openZip } from "../../../platform/archives/open-zip.ts";
import { QuatrainError, userError } from "../../../platform/errors/quatrain-error.ts";
import { parseJson } from "../../../platform/http/lenient-json.ts";
import { isNewer, MANIFEST_PATH, Manifest, ManifestHead, MEMORY_PATH } from "./manifest.ts";

/** What a bundle holds, checked against its own words. */
export interface Bundle {
  readonly manifest: Manifest;
  readonly memory: Buffer;
}

/** Unpacked. The largest bank of the small vision transformer has 46 MB, one of everything up to ten times as much. */
const MAX_BYTES = 1024 * 1024 * 1024;
/** A million pictures' names and hashes. */
const MAX_MANIFEST_BYTES = 256 * 1024 * 1024;

/**
 * Reads a bundle from a file of this machine: manifest first, then the memory, by its hash. Nothing is stored.
 * @throws QuatrainError `bundle_unreadable`, `bundle_newer`, `bundle_damaged` (400), or as `openZip`
 */
export async function readBundle(path: string): Promise<Bundle> {
  const zip = await openZip(path, { maxBytes: MAX_BYTES });
  try {
    const manifest = parseManifest(await content(zip, MANIFEST_PATH, MAX_MANIFEST_BYTES));
    const [file] = manifest.files;
    const strangers = zip.items.filter((item) => ![MANIFEST_PATH, MEMORY_PATH].includes(item.path));
    if (strangers.length > 0)
      throw unreadable(`it holds ${JSON.stringify(strangers[0]?.path)}, which its manifest does not name`);
    const memory = await content(zip, MEMORY_PATH, file.bytes);
    const hash = createHash("sha256").update(memory).digest("hex");
    if (memory.length !== file.bytes || hash !== file.sha256)
      throw damaged(`${MEMORY_PATH} is not the file that its manifest describes`);
    return { manifest, memory };
  } finally {
    zip.close();
  }
}

async function content(zip: OpenZip, path: string, maxBytes: number): Promise<Buffer> {
  const item: ZipItem | undefined = zip.items.find((one) => one.path === path);
  if (item === undefined) throw unreadable(`it has no ${path}`);
  if (item.bytes > maxBytes)
    throw damaged(`${path} has ${item.bytes} bytes, at most ${maxBytes} were expected`);
  return buffer(zip.read(item));
}

function parseManifest(bytes: Buffer): Manifest {
  const json = readJson(bytes);
  const head = ManifestHead.safeParse(json);
  if (!head.success) throw unreadable("its manifest is none of inspection's");
  if (isNewer(head.data.format_version)) {
    throw userError(
      "bundle_newer",
      400,
      `The bundle was written by a newer version (${String(head.data.written_by).slice(0, 100)}, format ${head.data.format_version}): bring this server up to date first`,
    );
  }
  const parsed = Manifest.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw unreadable(`its manifest is malformed at ${issue?.path.join(".") || "the top"}: ${issue?.message}`);
}

function readJson(bytes: Buffer): unknown {
  try {
    return parseJson(bytes.toString("utf8"));
  } catch (error) {
    if (!(error instanceof QuatrainError)) throw error;
    throw unreadable("its manifest is not JSON");
  }
}

function unreadable(problem: string) {
  return userError("bundle_unreadable", 400, `This is no bundle of inspection: ${problem}`);
}

/** `bundle_damaged` (400). `problem` ends the sentence. */
export function damaged(problem: string) {
  return userError("bundle_damaged", 400, `The bundle is damaged: ${problem}. Export it again.`);
}
