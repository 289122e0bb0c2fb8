import {
  readSafetensors,
  type Safetensors,
  type StoredTensor,
  writeSafetensors,
} from "../../../ml/weights/safetensors.ts";
import type { BankMemory, MemoryGrid } from "./memory.ts";
import { factOf, type MemoryFacts, readFacts, textsOf, writeFacts } from "./memory-facts.ts";
import { floatsOf, integersOf, storedNumbers, unreadableMemory } from "./memory-numbers.ts";
import { presetOf } from "./working-size.ts";

/** A safetensors file: per grid `NAME.projection`, `.offset`, `.bank`, `.reach`, `.sources`, `.unit`. */
export function encodeMemory(memory: BankMemory): Uint8Array {
  const tensors = new Map<string, StoredTensor>();
  for (const { name, whitening, bank, reach, sources, unit, size } of memory.grids) {
    const { dim, kept, projection, offset } = whitening;
    tensors.set(`${name}.projection`, storedNumbers("F32", [dim, kept], projection));
    tensors.set(`${name}.offset`, storedNumbers("F32", [kept], offset));
    tensors.set(`${name}.bank`, storedNumbers("F32", [size, kept], bank));
    tensors.set(`${name}.reach`, storedNumbers("F32", [size], reach));
    tensors.set(`${name}.sources`, storedNumbers("I32", [size], sources));
    tensors.set(`${name}.unit`, storedNumbers("F32", [1], Float32Array.of(unit)));
  }
  const names = memory.grids.map(({ name }) => name);
  const isNew = !presetOf(memory.engineId).single && !names.includes("coarse");
  const metadata = writeFacts(memory, { grids: JSON.stringify(names) }, isNew);
  return writeSafetensors({ tensors, metadata });
}

/** @throws QuatrainError `memory_unreadable` (400) for anything that `encodeMemory` did not write. */
export function decodeMemory(bytes: Uint8Array): BankMemory {
  try {
    const file = readSafetensors(bytes);
    const facts = readFacts(file.metadata);
    presetOf(facts.engineId);
    presetOf(facts.settings.engineId);
    const names = textsOf(factOf(file.metadata, "grids"), "grids");
    if (names.length === 0) throw new RangeError("there is no grid");
    const grids = names.map((name) => readGrid(file, name, facts));
    return { ...facts, grids, coresetSize: grids.reduce((sum, { size }) => sum + size, 0) };
  } catch (error) {
    throw unreadableMemory(error);
  }
}

function readGrid({ tensors }: Safetensors, name: string, { sources: known }: MemoryFacts): MemoryGrid {
  const part = (suffix: string, type: "F32" | "I32", rank: number) => {
    const tensor = tensors.get(`${name}.${suffix}`);
    if (tensor === undefined || tensor.type !== type || tensor.shape.length !== rank)
      throw new RangeError(`"${name}.${suffix}" is missing or of another kind`);
    return tensor;
  };
  const [projection, bank] = [part("projection", "F32", 2), part("bank", "F32", 2)];
  const [dim = 0, kept = 0] = projection.shape;
  const size = bank.shape[0] ?? 0;
  if (size < 1 || kept < 1 || bank.shape[1] !== kept) throw new RangeError(`"${name}" has an unsound bank`);
  const vector = (suffix: string, length: number) => {
    const tensor = part(suffix, "F32", 1);
    if (tensor.shape[0] !== length) throw new RangeError(`"${name}.${suffix}" has another length`);
    return floatsOf(tensor);
  };
  const sources = integersOf(part("sources", "I32", 1));
  if (sources.length !== size || sources.some((source) => source < 0 || source >= known.length))
    throw new RangeError(`"${name}.sources" names pictures that are not there`);
  const unit = vector("unit", 1)[0] as number;
  if (!(unit > 0)) throw new RangeError(`"${name}.unit" is not above 0`);
  return {
    name,
    whitening: { dim, kept, projection: floatsOf(projection), offset: vector("offset", kept) },
    bank: floatsOf(bank),
    reach: vector("reach", size),
    sources,
    unit,
    size,
  };
}
