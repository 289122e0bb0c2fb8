import { readSafetensors, type StoredTensor, writeSafetensors } from "../../../../ml/weights/safetensors.ts";
import { userError } from "../../../../platform/errors/quatrain-error.ts";
import { type Metadata, readFacts, writeFacts } from "../memory-facts.ts";
import { floatsOf, integersOf, storedNumbers, unreadableMemory } from "../memory-numbers.ts";
import type { MemoryModel } from "../port.ts";

/** The memory of a vision transformer: tokens of good pictures, as they are. */
export interface TokenMemory extends MemoryModel {
  /** Numbers per token. */
  readonly dim: number;
  /** `[coresetSize, dim]` row-major float32, each row of length 1. */
  readonly bank: Float32Array;
  /** `[coresetSize]` number of the picture of each row; -1 where it is not known. */
  readonly bankSources: Int32Array;
  /** `DinoWeights.digest()` of the weights that made it; null where they are not known. */
  readonly weightsDigest: string | null;
}

/** @throws QuatrainError `token_grid_mismatch` (400) when another engine made it. */
export function asTokenMemory(memory: MemoryModel): TokenMemory {
  if (isTokenMemory(memory)) return memory;
  throw userError(
    "token_grid_mismatch",
    400,
    `Token grid mismatch: the memory belongs to "${memory.engineId}"; fit again with this engine.`,
  );
}

function isTokenMemory(memory: MemoryModel): memory is TokenMemory {
  return "bank" in memory && "bankSources" in memory;
}

/** A safetensors file: `tokens.bank` `[size, dim]`, `tokens.sources` `[size]`. */
export function encodeTokenMemory(memory: TokenMemory): Uint8Array {
  const { coresetSize: size, dim, bank, bankSources, weightsDigest } = memory;
  const tensors = new Map<string, StoredTensor>([
    ["tokens.bank", storedNumbers("F32", [size, dim], bank)],
    ["tokens.sources", storedNumbers("I32", [size], bankSources)],
  ]);
  const own: Metadata = weightsDigest === null ? {} : { weights: weightsDigest };
  return writeSafetensors({ tensors, metadata: writeFacts(memory, own) });
}

/** @throws QuatrainError `memory_unreadable` (400) for anything that `encodeTokenMemory` did not write. */
export function decodeTokenMemory(bytes: Uint8Array): TokenMemory {
  try {
    return decode(bytes);
  } catch (error) {
    throw unreadableMemory(error);
  }
}

function decode(bytes: Uint8Array): TokenMemory {
  const { tensors, metadata } = readSafetensors(bytes);
  const facts = readFacts(metadata);
  const [bank, sources] = [tensors.get("tokens.bank"), tensors.get("tokens.sources")];
  const [size = 0, dim = 0, ...more] = bank?.shape ?? [];
  if (bank?.type !== "F32" || size < 1 || dim < 1 || more.length > 0)
    throw new RangeError('"tokens.bank" is missing or unsound');
  if (sources?.type !== "I32" || sources.shape.length !== 1 || sources.shape[0] !== size)
    throw new RangeError('"tokens.sources" is missing or unsound');
  const bankSources = integersOf(sources);
  if (bankSources.some((source) => source < -1 || source >= facts.sources.length))
    throw new RangeError('"tokens.sources" names pictures that are not there');
  return {
    ...facts,
    coresetSize: size,
    dim,
    bank: floatsOf(bank),
    bankSources,
    weightsDigest: metadata.weights ?? null,
  };
}
