import type { NumericRuntime } from "../../../ml/runtime/numeric-runtime.ts";
import { readSafetensors } from "../../../ml/weights/safetensors.ts";
import { userError } from "../../../platform/errors/quatrain-error.ts";
import { openDinov2Engine } from "./dinov2/dinov2-engine.ts";
import { openFb98Engine } from "./fb98-engine.ts";
import { unreadableMemory } from "./memory-numbers.ts";
import type { InspectionEngine } from "./port.ts";

/** All engines of inspection as one: a memory is scored by the engine that made it. */
export async function openEngines(runtime: NumericRuntime, weightsDir: string): Promise<InspectionEngine> {
  return joinEngines([openDinov2Engine(runtime, weightsDir), openFb98Engine(runtime)]);
}

/** @param engines the preferred one first; their backbones have different ids */
export async function joinEngines(engines: readonly InspectionEngine[]): Promise<InspectionEngine> {
  const owners = new Map<string, InspectionEngine>();
  for (const engine of engines) for (const { id } of await engine.backbones()) owners.set(id, engine);
  const ownerOf = (engineId: string): InspectionEngine => {
    const owner = owners.get(engineId);
    if (owner !== undefined) return owner;
    throw userError(
      "token_grid_mismatch",
      400,
      `Token grid mismatch: the memory belongs to "${engineId}", which this version has not; fit again.`,
    );
  };
  return {
    backbones: async () => (await Promise.all(engines.map((engine) => engine.backbones()))).flat(),
    fit: async (pictures, settings, hooks) => ownerOf(settings.engineId).fit(pictures, settings, hooks),
    inspect: async (memory, picture, options) => ownerOf(memory.engineId).inspect(memory, picture, options),
    encode: (memory) => ownerOf(memory.engineId).encode(memory),
    decode: (bytes) => ownerOf(engineIdOf(bytes)).decode(bytes),
  };
}

function engineIdOf(bytes: Uint8Array): string {
  try {
    const { engineId } = readSafetensors(bytes).metadata;
    if (engineId === undefined) throw new RangeError('the fact "engineId" is missing');
    return engineId;
  } catch (error) {
    throw unreadableMemory(error);
  }
}
