import { constants, copyFile, mkdir, open, readFile, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { messageOf, userError } from "../../../platform/errors/quatrain-error.ts";
import { DINOV2_MODELS } from "../../backbones/dinov2/configuration.ts";
import { readDinoWeights } from "../../backbones/dinov2/read-weights.ts";
import { readSafetensors } from "../safetensors.ts";
import { type DownloadOptions, download, forgetPart } from "./download.ts";
import {
  findInstalled,
  hashOfFile,
  type InstalledWeights,
  partPath,
  putInPlace,
  weightsPath,
} from "./weights-folder.ts";

export interface InstallOptions extends Pick<DownloadOptions, "signal" | "onProgress" | "stallMs"> {
  readonly weightsDir: string;
  /** What the file has to be, hex; null when nobody told. */
  readonly sha256: string | null;
}

/**
 * Downloads weights and puts them in place once they are whole, are what was announced, and can be read. Until then
 * nothing is installed, and what was installed before stays.
 *
 * The file is compared with `sha256`, with what the server announces (`X-Linked-Etag`), and with `URL.sha256` beside it
 * where there is one (a mirror's `sha256sum` file); without any of these its hash is only recorded.
 *
 * @throws QuatrainError `model_download_failed` (502), `model_altered` (422: nothing is kept), `weights_unreadable`,
 * `weights_do_not_fit` (422), `model_busy` (409) while another process fetches the same
 */
export async function pullWeights(
  id: string,
  url: string,
  options: InstallOptions,
): Promise<InstalledWeights> {
  const path = weightsPath(options.weightsDir, id);
  const running = underWay.get(path);
  if (running !== undefined) return running;
  const pull = whileLocked(path, async () => {
    const announced = await download({ ...options, url, path });
    const expected = [options.sha256, announced, await hashBeside(url, options.signal)];
    return finish(id, partPath(path), url, { ...options, expected });
  }).finally(() => underWay.delete(path));
  underWay.set(path, pull);
  return pull;
}

/** Of this process: whoever asks for the same meanwhile waits for it. */
const underWay = new Map<string, Promise<InstalledWeights>>();

/** The same with a file of this machine, which stays. @throws QuatrainError as `pullWeights`; `file_not_found` (404) */
export async function installFile(
  id: string,
  file: string,
  options: InstallOptions,
): Promise<InstalledWeights> {
  const path = weightsPath(options.weightsDir, id);
  if (!(await stat(file).catch(() => null))?.isFile())
    throw userError("file_not_found", 404, `There is no file ${file}`);
  return whileLocked(path, async () => {
    await forgetPart(path);
    await copyFile(file, partPath(path), constants.COPYFILE_FICLONE);
    const copy = await open(partPath(path), "r+");
    await copy.sync().finally(() => copy.close());
    return finish(id, partPath(path), file, { ...options, expected: [options.sha256] });
  });
}

/** Whether installed weights are what was recorded, and can be read; the reason else. O(bytes) */
export async function verifyWeights(id: string, { path, record }: InstalledWeights): Promise<string | null> {
  if (record !== null && (await hashOfFile(path)) !== record.sha256)
    return "the file is not the one that was installed";
  try {
    await demandReadable(id, path);
  } catch (error) {
    return messageOf(error);
  }
  return record === null ? "no hash was recorded: the file was put there by hand" : null;
}

async function finish(
  id: string,
  part: string,
  source: string,
  { weightsDir, expected }: InstallOptions & { readonly expected: readonly (string | null)[] },
): Promise<InstalledWeights> {
  const path = weightsPath(weightsDir, id);
  try {
    const sha256 = await hashOfFile(part);
    const wrong = expected.find((hash) => hash !== null && hash.toLowerCase() !== sha256);
    if (wrong !== undefined)
      throw userError(
        "model_altered",
        422,
        `${source} is not what was announced: SHA-256 ${sha256} instead of ${wrong}. Nothing was installed`,
      );
    await demandReadable(id, part);
    const bytes = (await stat(part)).size;
    await putInPlace(part, path, { sha256, bytes, source, installedAt: new Date().toISOString() });
  } finally {
    await forgetPart(path);
  }
  const installed = await findInstalled(weightsDir, id);
  if (installed === null) throw new Error(`${path} vanished while it was installed`);
  return installed;
}

/** Reads the file as its user will. */
async function demandReadable(id: string, path: string): Promise<void> {
  const configuration = DINOV2_MODELS.find((model) => model.id === id);
  const file = new Uint8Array(await readFile(path));
  if (configuration !== undefined) {
    readDinoWeights(file, configuration);
    return;
  }
  try {
    readSafetensors(file);
  } catch (error) {
    throw userError(
      "weights_unreadable",
      422,
      `The file of weights is no sound safetensors file: ${messageOf(error)}`,
    );
  }
}

/** The first word of a `sha256sum` file beside the weights; null where there is none. */
async function hashBeside(url: string, signal: AbortSignal | undefined): Promise<string | null> {
  const target = new URL(url);
  target.pathname += ".sha256";
  const response = await fetch(target, {
    signal: AbortSignal.any([AbortSignal.timeout(30_000), ...(signal ? [signal] : [])]),
  }).catch(() => null);
  if (response?.status !== 200) return null;
  const text = (await response.text()).slice(0, 1_000);
  return /^([0-9a-fA-F]{64})\b/.exec(text)?.[1] ?? null;
}

/** One process at a time fetches a file; the lock of one that is gone does not count. */
async function whileLocked<T>(path: string, work: () => Promise<T>): Promise<T> {
  await mkdir(dirname(path), { recursive: true });
  const lock = `${path}.lock`;
  const holder = await readFile(lock, "utf8").catch(() => null);
  if (holder !== null && !isAlive(Number(holder))) await rm(lock, { force: true });
  const file = await open(lock, "wx").catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
    throw userError("model_busy", 409, `Another process is fetching ${path} just now: wait for it`);
  });
  try {
    await file.writeFile(String(process.pid));
    return await work();
  } finally {
    await file.close();
    await rm(lock, { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return pid !== process.pid && Number.isInteger(pid) && pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
