import { buffer } from "node:stream/consumers";
import { type NpyArray, NpyError, readNpy } from "../../../ml/weights/npy.ts";
import { type OpenZip, openZip } from "../../../platform/archives/open-zip.ts";
import { userError } from "../../../platform/errors/quatrain-error.ts";

/** A memory of the reference server: rows of length 1, nothing of which picture they come from. */
export interface SiteMemory {
  /** `[size, dim]` row-major. */
  readonly rows: Float32Array;
  readonly size: number;
  readonly dim: number;
  /** `[height, width]` in tokens. */
  readonly tokenShape: readonly [number, number];
  /** What the server noted about it; empty where it cannot be read. */
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** Unpacked: 100,000 rows of the small vision transformer. */
const MAX_BYTES = 512 * 1024 * 1024;
const MAX_GRID = 4_096;
/** How far a row's length may be from 1: half precision rounds to 3 digits. */
const LENGTH_TOLERANCE = 0.01;

/**
 * Reads `NAME.npz` of an existing site: `emb` float (M, D), `token_h`, `token_w`, `metadata`. Pickles are never read.
 * Source: spec/inspection.md section 2, "Existing sites migrate".
 * @param path a file of this machine
 * @throws QuatrainError `site_memory_unreadable` (400), or as `openZip`
 */
export async function readSiteMemory(path: string): Promise<SiteMemory> {
  const zip = await openZip(path, { maxBytes: MAX_BYTES });
  try {
    const emb = await array(zip, "emb");
    const [size = 0, dim = 0, ...more] = emb.shape;
    if (typeof emb.data === "string" || size < 1 || dim < 1 || more.length > 0)
      throw unreadable("emb is no table of numbers");
    demandUnitRows(emb.data, dim);
    const tokenShape = [await side(zip, "token_h"), await side(zip, "token_w")] as const;
    return { rows: emb.data, size, dim, tokenShape, metadata: await readMetadata(zip) };
  } finally {
    zip.close();
  }
}

async function array(zip: OpenZip, name: string): Promise<NpyArray> {
  const item = zip.items.find(({ path }) => path === `${name}.npy`);
  if (item === undefined) throw unreadable(`it has no ${name}`);
  try {
    return readNpy(await buffer(zip.read(item)));
  } catch (error) {
    if (error instanceof NpyError) throw unreadable(`${name}: ${error.message}`);
    throw error;
  }
}

async function side(zip: OpenZip, name: string): Promise<number> {
  const { data } = await array(zip, name);
  const value = typeof data === "string" ? Number.NaN : (data[0] ?? Number.NaN);
  if (data.length === 1 && Number.isInteger(value) && value >= 1 && value <= MAX_GRID) return value;
  throw unreadable(`${name} is no size`);
}

/** A note on the memory: where it cannot be read, the memory is still good. */
async function readMetadata(zip: OpenZip): Promise<Readonly<Record<string, unknown>>> {
  if (!zip.items.some(({ path }) => path === "metadata.npy")) return {};
  try {
    const { data } = await array(zip, "metadata");
    const parsed: unknown = typeof data === "string" ? JSON.parse(data) : null;
    return typeof parsed === "object" && parsed !== null && !Array.isArray(parsed)
      ? (parsed as Record<string, unknown>)
      : {};
  } catch {
    return {};
  }
}

function demandUnitRows(rows: Float32Array, dim: number): void {
  for (let start = 0; start < rows.length; start += dim) {
    let square = 0;
    for (let at = start; at < start + dim; at++) square += (rows[at] as number) ** 2;
    if (!(Math.abs(Math.sqrt(square) - 1) < LENGTH_TOLERANCE))
      throw unreadable(`row ${start / dim} of emb has the length ${Math.sqrt(square)} in place of 1`);
  }
}

/** `site_memory_unreadable` (400). `problem` ends the sentence. */
export function unreadable(problem: string) {
  return userError("site_memory_unreadable", 400, `This memory cannot be taken over: ${problem}`);
}
