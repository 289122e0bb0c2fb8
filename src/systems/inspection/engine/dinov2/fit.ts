import { PatchReservoir } from "../../../../algorithms/anomaly/patch-reservoir.ts";
import { type SeededRandom, seededRandom } from "../../../../algorithms/anomaly/seeded-random.ts";
import { float32 } from "../../../../graph/index.ts";
import type { LoadedTokens } from "../../../../ml/backbones/dinov2/load-tokens.ts";
import { outputOf } from "../../../../ml/runtime/numeric-runtime.ts";
import { userError } from "../../../../platform/errors/quatrain-error.ts";
import { namingPicture } from "../../name-picture.ts";
import { rowsOf } from "../bank-steps.ts";
import { chooseCentres } from "../choose-centres.ts";
import type { FitHooks, FitSettings, OkPicture } from "../port.ts";
import type { TokenTools } from "./inspect.ts";
import { lookAt } from "./look.ts";
import { sketchGraph } from "./token-graphs.ts";
import type { TokenMemory } from "./token-memory.ts";

/** Share of the time that the network takes. */
const READING = 0.9;
/** Tokens that stay at hand whatever the number of pictures, those of a hundred square ones: 461 MB of the small model. */
const MAX_SAMPLED = 100_000;
/** Rows of a bank unless everything is kept: of 100 pictures a tenth. */
const MAX_BANK = 10_000;
/** Dimensions in which the bank's rows are chosen. */
const SKETCH_DIM = 128;
/** Bound of one run, so that cancelling stays quick. */
const SKETCH_ROWS = 4096;

/** Learns a memory: pictures one at a time, a sample of their tokens, and of it a greedy bank. */
export async function fitTokens(
  tools: TokenTools,
  network: LoadedTokens,
  pictures: readonly OkPicture[],
  settings: FitSettings,
  { signal, onProgress }: FitHooks,
): Promise<TokenMemory> {
  if (pictures.length === 0)
    throw userError("no_images", 400, "A fit needs at least one picture of a good part.");
  const sources = [...new Set(pictures.map(({ contentHash }) => contentHash))];
  const dim = network.model.outputs[0]?.shape[2] ?? 0;
  const reservoir = new PatchReservoir(dim, MAX_SAMPLED, seededRandom(settings.seed));
  let tokenShape: TokenMemory["tokenShape"] | null = null;
  for (const [index, picture] of pictures.entries()) {
    onProgress?.((READING * index) / pictures.length, `picture ${index + 1} of ${pictures.length}`);
    const look = await namingPicture(picture.name ?? `picture ${index + 1}`, async () =>
      lookAt(await picture.load(), network, tools.frame, { runtime: tools.runtime, signal }),
    );
    reservoir.offer(look.tokens, sources.indexOf(picture.contentHash));
    tokenShape ??= [look.rows, look.columns];
  }
  onProgress?.(READING, "choosing the bank");
  const random = seededRandom(settings.seed + 1000);
  const sample = { ...reservoir.sample(), dim };
  const sketched = await sketch(sample.data, dim, { ...tools, random, signal });
  const size = bankSize(reservoir.seen, sample.sources.length, settings);
  const onChosen = (share: number) => onProgress?.(READING + (1 - READING) * share, "choosing the bank");
  const chosen = await chooseCentres(sketched, SKETCH_DIM, size, { ...tools, random, signal, onChosen });
  const bank = rowsOf(sample, chosen);
  onProgress?.(1, "done");
  return {
    engineId: settings.engineId,
    settings,
    tokenShape: tokenShape ?? [1, 1],
    embeddingCount: reservoir.seen,
    coresetSize: size,
    sources,
    dim,
    bank: bank.data,
    bankSources: bank.sources,
    weightsDigest: network.digest,
  };
}

function bankSize(seen: number, sampled: number, { coresetRate, keepEverything }: FitSettings): number {
  const wanted = Math.ceil(coresetRate * seen);
  return Math.min(sampled, keepEverything ? wanted : Math.min(wanted, MAX_BANK));
}

/** Tokens `[n, dim]` in a few random directions, `[n, SKETCH_DIM]`: distances stay about what they were. */
async function sketch(
  tokens: Float32Array,
  dim: number,
  {
    runtime,
    models,
    random,
    signal,
  }: Omit<TokenTools, "frame"> & { random: SeededRandom; signal?: AbortSignal },
): Promise<Float32Array> {
  const directions = Float32Array.from(
    { length: dim * SKETCH_DIM },
    () => random.normal() / Math.sqrt(SKETCH_DIM),
  );
  const count = tokens.length / dim;
  const sketched = new Float32Array(count * SKETCH_DIM);
  for (let from = 0; from < count; from += SKETCH_ROWS) {
    const rows = Math.min(SKETCH_ROWS, count - from);
    const model = models.get(`sketch ${rows} ${dim}`, () => sketchGraph(rows, dim, SKETCH_DIM));
    const feeds = {
      tokens: float32([rows, dim], tokens.subarray(from * dim, (from + rows) * dim)),
      sketch: float32([dim, SKETCH_DIM], directions),
    };
    const outputs = await runtime.run(model, feeds, { signal });
    sketched.set(outputOf(outputs, "sketched", "float32").data, from * SKETCH_DIM);
  }
  return sketched;
}
