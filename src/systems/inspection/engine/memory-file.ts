import {
  readSafetensors,
  type Safetensors,
  type StoredTensor,
  writeSafetensors,
} from "../../../ml/weights/safetensors.ts";
import { messageOf, userError } from "../../../platform/errors/quatrain-error.ts";
import type { BankMemory, MemoryGrid } from "./memory.ts";
import { type MemoryFacts, readFacts, writeFacts } from "./memory-facts.ts";

/** A safetensors file: per grid `NAME.projection`, `.offset`, `.bank`, `.reach`, `.sources`, `.unit`. */
export function encodeMemory(memory: BankMemory): Uint8Array {
  const tensors = new Map<string, StoredTensor>();
  for (const { name, whitening, bank, reach, sources, unit, size } of memory.grids) {
    const { dim, kept, projection, offset } = whitening;
    tensors.set(`${name}.projection`, stored("F32", [dim, kept], projection));
    tensors.set(`${name}.offset`, stored("F32", [kept], offset));
    tensors.set(`${name}.bank`, stored("F32", [size, kept], bank));
    tensors.set(`${name}.reach`, stored("F32", [size], reach));
    tensors.set(`${name}.sources`, stored("I32", [size], sources));
    tensors.set(`${name}.unit`, stored("F32", [1], Float32Array.of(unit)));
  }
  return writeSafetensors({ tensors, metadata: writeFacts(memory) });
}

/** @throws QuatrainError `memory_unreadable` (400) for anything that `encodeMemory` did not write. */
export function decodeMemory(bytes: Uint8Array): BankMemory {
  try {
    const file = readSafetensors(bytes);
    const facts = readFacts(file.metadata);
    const grids = facts.gridNames.map((name) => readGrid(file, name, facts));
    const { gridNames: _, ...model } = facts;
    return { ...model, grids, coresetSize: grids.reduce((sum, { size }) => sum + size, 0) };
  } catch (error) {
    throw userError(
      "memory_unreadable",
      400,
      `This is no memory file of Quatrain (${messageOf(error)}): fit again`,
    );
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
    return floats(tensor);
  };
  const sources = new Int32Array(copied(part("sources", "I32", 1)));
  if (sources.length !== size || sources.some((source) => source < 0 || source >= known.length))
    throw new RangeError(`"${name}.sources" names pictures that are not there`);
  const unit = vector("unit", 1)[0] as number;
  if (!(unit > 0)) throw new RangeError(`"${name}.unit" is not above 0`);
  return {
    name,
    whitening: { dim, kept, projection: floats(projection), offset: vector("offset", kept) },
    bank: floats(bank),
    reach: vector("reach", size),
    sources,
    unit,
    size,
  };
}

function stored(type: "F32" | "I32", shape: number[], data: Float32Array | Int32Array): StoredTensor {
  return { type, shape, bytes: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) };
}

/** @throws RangeError for NaN and infinities: no distance could be trusted. */
function floats(tensor: StoredTensor): Float32Array {
  const data = new Float32Array(copied(tensor));
  if (!data.every(Number.isFinite)) throw new RangeError("numbers that are not finite");
  return data;
}

/** A copy: aligned for typed arrays, and the file's bytes can go. */
function copied({ bytes }: StoredTensor): ArrayBuffer {
  return new Uint8Array(bytes).buffer; // not `slice`: a Buffer's is no copy
}
