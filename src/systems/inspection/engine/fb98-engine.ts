import type { NumericRuntime } from "../../../ml/runtime/numeric-runtime.ts";
import { fitBank } from "./fit.ts";
import { inspectWithBank } from "./inspect.ts";
import { asBankMemory } from "./memory.ts";
import { decodeMemory, encodeMemory } from "./memory-file.ts";
import { ModelCache } from "./model-cache.ts";
import type { Backbone, InspectionEngine } from "./port.ts";
import { RECIPE, type Recipe } from "./recipe.ts";

/** Graphs that stay built: a line has a few picture sizes, a site a few lines. */
const MAX_MODELS = 32;

const BACKBONES: readonly Backbone[] = ["fb98", "fb98-fast"].map((id) => ({
  id,
  ridge: id === "fb98",
  description: "built-in basic features",
  isInstalled: true,
  pixelPercentile: 100,
  finestDetail: 3 as const,
}));

/**
 * The embedded engine: a fixed bank of filters, no weights, no download (spec/inspection.md section 4).
 * `fb98` is the whole recipe, `fb98-fast` one grid at 224 pixels.
 */
export function openFb98Engine(runtime: NumericRuntime, recipe: Recipe = RECIPE): InspectionEngine {
  const tools = { runtime, models: new ModelCache(MAX_MODELS), recipe };
  return {
    backbones: async () => BACKBONES,
    fit: (pictures, settings, hooks = {}) => fitBank(tools, pictures, settings, hooks),
    async inspect(memory, picture, options = {}) {
      return { heat: await inspectWithBank(tools, asBankMemory(memory), picture, options) };
    },
    encode: (memory) => encodeMemory(asBankMemory(memory)),
    decode: decodeMemory,
  };
}
