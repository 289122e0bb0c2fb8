import { createHash, randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { messageOf } from "../../../platform/errors/quatrain-error.ts";
import type { Log } from "../../../platform/ports.ts";
import type { TrainingConfig } from "../config/training-config.ts";
import { embeddedModel } from "../engines.ts";

export interface ModelWeightsDeps {
  readonly settings: { readonly weightsDir: string; readonly weightsUrl: string | null };
  readonly log: Log;
}

/** Larger than any weights of a model that we have. */
const MAX_BYTES = 2 ** 30;
const FETCH_MS = 10 * 60_000;

/** Where the weights of a model lie: `timm/resnet18.safetensors` below the configured folder. */
export function weightsPath(weightsDir: string, framework: string, name: string): string {
  return join(weightsDir, framework, `${name}.safetensors`);
}

/** Whether stored weights are there to begin with. */
export async function hasWeights(
  { settings }: Pick<ModelWeightsDeps, "settings">,
  framework: string,
  name: string,
): Promise<boolean> {
  const file = await stat(weightsPath(settings.weightsDir, framework, name)).catch(() => null);
  return file?.isFile() ?? false;
}

/**
 * The file to begin a run with, fetched if need be; null with the reason where there is none. A model that cannot be had
 * trains from scratch: `effective_config.pretrained` says so too.
 */
export async function weightsFor(
  deps: ModelWeightsDeps,
  { pretrained, framework, modelName }: Pick<TrainingConfig, "pretrained" | "framework" | "modelName">,
): Promise<{ path: string | null; warnings: readonly string[] }> {
  const model = embeddedModel({ framework, modelName });
  if (!pretrained || model === null || !model.takesStoredWeights) return { path: null, warnings: [] };
  const path = weightsPath(deps.settings.weightsDir, framework, modelName);
  if (await hasWeights(deps, framework, modelName)) return { path, warnings: [] };
  if (deps.settings.weightsUrl === null) {
    return {
      path: null,
      warnings: [
        `pretrained: there are no weights for ${modelName}; put them at ${path}, or set QUATRAIN_MODELS_URL`,
      ],
    };
  }
  try {
    await fetchWeights(`${deps.settings.weightsUrl}/${framework}/${modelName}.safetensors`, path);
    return { path, warnings: [] };
  } catch (error) {
    deps.log.warn({ model: modelName, reason: messageOf(error) }, "weights could not be fetched");
    return { path: null, warnings: [`pretrained: the weights could not be fetched (${messageOf(error)})`] };
  }
}

/** SHA-256 of a file, hex. */
export async function hashOfFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  const file = await open(path);
  for await (const chunk of file.createReadStream()) hash.update(chunk as Buffer);
  return hash.digest("hex");
}

async function fetchWeights(url: string, path: string): Promise<void> {
  const response = await fetch(url, { signal: AbortSignal.timeout(FETCH_MS) });
  if (!response.ok || response.body === null)
    throw new Error(`${response.status} ${response.statusText}`.trim());
  await mkdir(join(path, ".."), { recursive: true });
  const temporary = `${path}.${randomUUID()}`;
  try {
    await pipeline(
      Readable.fromWeb(response.body as never),
      bounded,
      createWriteStream(temporary, { flush: true }),
    );
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
}

async function* bounded(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of source) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) throw new Error(`it has more than ${MAX_BYTES} bytes`);
    yield chunk;
  }
}
