import {
  DINOV2_MODELS,
  type DinoConfiguration,
  tokenDim,
} from "../../../../ml/backbones/dinov2/configuration.ts";
import type { LoadedTokens } from "../../../../ml/backbones/dinov2/load-tokens.ts";
import type { NumericRuntime } from "../../../../ml/runtime/numeric-runtime.ts";
import { userError } from "../../../../platform/errors/quatrain-error.ts";
import { ModelCache } from "../model-cache.ts";
import type { InspectionEngine } from "../port.ts";
import { fitTokens } from "./fit.ts";
import { inspectTokens } from "./inspect.ts";
import { Networks } from "./networks.ts";
import { asTokenMemory, decodeTokenMemory, encodeTokenMemory, type TokenMemory } from "./token-memory.ts";

/** Graphs that stay built: small ones, by bank and picture size. */
const MAX_MODELS = 32;
/** Pixels along the square that the network looks at, as the reference's. */
const SIDE = 448;

/**
 * PatchCore on DINOv2, as the inspection reference does it: letterbox of 448 pixels, tokens of the last three blocks,
 * greedy coreset, distance to the nearest row (spec/inspection.md sections 2 and 4). Needs weights in
 * `weightsDir/timm/ID.safetensors`. `ID-int8` is the same with dense layers in integers: a backbone of its own, because
 * its tokens differ a little.
 *
 * @param models other configurations only in tests
 */
export function openDinov2Engine(
  runtime: NumericRuntime,
  weightsDir: string,
  models: readonly DinoConfiguration[] = DINOV2_MODELS,
): InspectionEngine {
  const networks = new Networks(weightsDir, SIDE);
  const cache = new ModelCache(MAX_MODELS);
  const toolsFor = ({ patch }: DinoConfiguration) => ({
    runtime,
    models: cache,
    frame: { side: SIDE, patch },
  });
  const variants = models.flatMap((configuration) => [
    { id: configuration.id, configuration, precision: "float32" as const },
    { id: `${configuration.id}-int8`, configuration, precision: "int8" as const },
  ]);
  const use = async (engineId: string) => {
    const variant = variants.find(({ id }) => id === engineId);
    if (variant === undefined) throw mismatch(`"${engineId}" is no vision transformer of this version`);
    const { configuration, precision } = variant;
    const network = await networks.find(configuration, precision);
    if (network === null)
      throw mismatch(
        `it needs the weights of ${configuration.id}: fetch them with quatrain models pull ${configuration.id}`,
      );
    return { network, tools: toolsFor(configuration), dim: tokenDim(configuration) };
  };
  return {
    backbones: () =>
      Promise.all(
        variants.map(async ({ id, configuration, precision }) => ({
          id,
          description: precision === "int8" ? "DINOv2, pretrained, in 8 bits" : "DINOv2, pretrained",
          isInstalled: await networks.isInstalled(configuration),
          pixelPercentile: 99,
          ridge: false,
          finestDetail: 1 as const,
        })),
      ),
    async fit(pictures, settings, hooks = {}) {
      const { network, tools } = await use(settings.engineId);
      return fitTokens(tools, network, pictures, settings, hooks);
    },
    async inspect(model, picture, options = {}) {
      const memory = asTokenMemory(model);
      const { network, tools, dim } = await use(memory.engineId);
      demandOwn(memory, network, dim);
      return { heat: await inspectTokens(tools, network, memory, picture, options) };
    },
    encode: (memory) => encodeTokenMemory(asTokenMemory(memory)),
    decode: decodeTokenMemory,
  };
}

/** Tokens of other weights have nothing to do with each other, though they look alike. */
function demandOwn({ dim, weightsDigest }: TokenMemory, { digest }: LoadedTokens, expected: number): void {
  if (dim !== expected) throw mismatch(`its tokens have ${dim} numbers, not ${expected}`);
  if (weightsDigest !== null && weightsDigest !== digest)
    throw mismatch("it was made with other weights than those that are installed");
}

function mismatch(problem: string) {
  return userError(
    "token_grid_mismatch",
    400,
    `Token grid mismatch: this memory cannot be used: ${problem}; or fit again.`,
  );
}
