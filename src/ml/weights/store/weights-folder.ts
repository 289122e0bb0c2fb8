import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";

/** What is remembered of installed weights, in `ID.safetensors.json` beside them. */
export interface WeightsRecord {
  /** Of the whole file, hex. */
  readonly sha256: string;
  readonly bytes: number;
  /** Address or path that they came from. */
  readonly source: string;
  /** ISO 8601. */
  readonly installedAt: string;
}

export interface InstalledWeights {
  readonly path: string;
  readonly bytes: number;
  /** Null for a file that was put there by hand. */
  readonly record: WeightsRecord | null;
}

/** Where weights lie: `timm/ID.safetensors` below the folder. */
export function weightsPath(weightsDir: string, id: string): string {
  return join(weightsDir, "timm", `${id}.safetensors`);
}

/** Null when they are not there. */
export async function findInstalled(weightsDir: string, id: string): Promise<InstalledWeights | null> {
  const path = weightsPath(weightsDir, id);
  const file = await stat(path).catch(() => null);
  if (!file?.isFile()) return null;
  return { path, bytes: file.size, record: await readRecord(path) };
}

/** Puts a whole, synced file in its place: its record first, so that no installed file goes without one. */
export async function putInPlace(temporary: string, path: string, record: WeightsRecord): Promise<void> {
  const notes = await open(`${temporary}.record`, "w");
  try {
    await notes.writeFile(`${JSON.stringify(record, null, 2)}\n`);
    await notes.sync();
  } finally {
    await notes.close();
  }
  await rename(`${temporary}.record`, recordPath(path));
  await rename(temporary, path);
  const folder = await open(dirname(path));
  await folder.sync().finally(() => folder.close());
}

/** Takes weights, their record and what is left of downloads away. @returns whether there were any */
export async function removeWeights(weightsDir: string, id: string): Promise<boolean> {
  const path = weightsPath(weightsDir, id);
  const wasThere = (await stat(path).catch(() => null)) !== null;
  for (const file of [path, recordPath(path), partPath(path), partNotesPath(path)])
    await rm(file, { force: true });
  return wasThere;
}

/** A download under way, and what it has to be compared with when it goes on. */
export const partPath = (path: string) => `${path}.part`;
export const partNotesPath = (path: string) => `${path}.part.json`;
const recordPath = (path: string) => `${path}.json`;

/** SHA-256 of a file, hex. O(bytes), read in pieces. */
export async function hashOfFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 20 })) hash.update(chunk as Buffer);
  return hash.digest("hex");
}

async function readRecord(path: string): Promise<WeightsRecord | null> {
  try {
    const { sha256, bytes, source, installedAt } = JSON.parse(await readFile(recordPath(path), "utf8"));
    if ([sha256, source, installedAt].some((text) => typeof text !== "string")) return null;
    return { sha256, bytes, source, installedAt };
  } catch {
    return null; // none, or none of ours
  }
}
