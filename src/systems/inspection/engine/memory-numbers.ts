import type { StoredTensor } from "../../../ml/weights/safetensors.ts";
import { messageOf, type QuatrainError, userError } from "../../../platform/errors/quatrain-error.ts";

/** Numbers of a memory as a file holds them. */
export function storedNumbers(
  type: "F32" | "I32",
  shape: readonly number[],
  data: Float32Array | Int32Array,
): StoredTensor {
  return { type, shape, bytes: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) };
}

/** @throws RangeError for NaN and infinities: no distance could be trusted. */
export function floatsOf(tensor: StoredTensor): Float32Array {
  const data = new Float32Array(copied(tensor));
  if (!data.every(Number.isFinite)) throw new RangeError("numbers that are not finite");
  return data;
}

export function integersOf(tensor: StoredTensor): Int32Array {
  return new Int32Array(copied(tensor));
}

/** `memory_unreadable` (400) with what was wrong about the file. */
export function unreadableMemory(error: unknown): QuatrainError {
  return userError(
    "memory_unreadable",
    400,
    `This is no memory file of Quatrain (${messageOf(error)}): fit again`,
  );
}

/** A copy: aligned for typed arrays, and the file's bytes can go. */
function copied({ bytes }: StoredTensor): ArrayBuffer {
  return new Uint8Array(bytes).buffer; // not `slice`: a Buffer's is no copy
}
