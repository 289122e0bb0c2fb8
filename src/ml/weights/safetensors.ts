import { SafetensorsError } from "./safetensors-error.ts";
import { type Entry, parseHeader } from "./safetensors-header.ts";
import { ELEMENT_BYTES, type SafetensorsType } from "./safetensors-types.ts";

/** One tensor of a file: its raw little-endian bytes, not copied. */
export interface StoredTensor {
  readonly type: SafetensorsType;
  /** Sizes of the axes; row-major, a 0 means no elements. */
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

/** A whole file. */
export interface Safetensors {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

const LENGTH_BYTES = 8;
/** The format's own limit. */
const MAX_HEADER_BYTES = 100_000_000;
/** Data starts at a multiple of it, so that typed arrays fit over it. */
const ALIGNMENT = 8;

/**
 * Reads a safetensors file. Tensors are views on `bytes`: whoever keeps one keeps them all.
 * O(header), whatever the size of the data.
 *
 * Source: https://github.com/huggingface/safetensors#format
 * @throws SafetensorsError for anything malformed: nothing is read past the bytes, tensors cover the data
 * exactly, without gap or overlap.
 */
export function readSafetensors(bytes: Uint8Array): Safetensors {
  if (bytes.length < LENGTH_BYTES)
    throw new SafetensorsError(`expected at least ${LENGTH_BYTES} bytes, got ${bytes.length}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = Number(view.getBigUint64(0, true));
  if (length > MAX_HEADER_BYTES || length > bytes.length - LENGTH_BYTES)
    throw new SafetensorsError(`a header of ${length} bytes does not fit a file of ${bytes.length}`);
  const start = LENGTH_BYTES + length;
  const { entries, metadata } = parseHeader(bytes.subarray(LENGTH_BYTES, start));
  checkCoverage(entries, bytes.length - start);
  const tensors = entries.map(
    ({ name, type, shape, begin, end }) =>
      [name, { type, shape, bytes: bytes.subarray(start + begin, start + end) }] as const,
  );
  return { tensors: new Map(tensors), metadata };
}

/**
 * Writes a file: tensors by element size (largest first, so that each lies aligned) and name, keys of the
 * metadata sorted. The same content gives the same bytes.
 * @throws SafetensorsError when a shape and its bytes disagree.
 */
export function writeSafetensors({ tensors, metadata }: Safetensors): Uint8Array {
  const ordered = [...tensors].sort(
    ([a, { type: s }], [b, { type: t }]) => ELEMENT_BYTES[t] - ELEMENT_BYTES[s] || (a < b ? -1 : 1),
  );
  const header: Record<string, unknown> = {
    __metadata__: Object.fromEntries(Object.entries(metadata).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
  let end = 0;
  for (const [name, { type, shape, bytes }] of ordered) {
    if (bytes.length !== shape.reduce((count, size) => count * size, ELEMENT_BYTES[type]))
      throw new SafetensorsError(`tensor "${name}" of [${shape}] ${type} has ${bytes.length} bytes`);
    header[name] = { dtype: type, shape, data_offsets: [end, end + bytes.length] };
    end += bytes.length;
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const start = Math.ceil((LENGTH_BYTES + text.length) / ALIGNMENT) * ALIGNMENT;
  // The format pads its header with spaces.
  const file = new Uint8Array(start + end).fill(0x20, LENGTH_BYTES, start);
  new DataView(file.buffer).setBigUint64(0, BigInt(start - LENGTH_BYTES), true);
  file.set(text, LENGTH_BYTES);
  let at = start;
  for (const [, { bytes }] of ordered) {
    file.set(bytes, at);
    at += bytes.length;
  }
  return file;
}

function checkCoverage(entries: readonly Entry[], dataBytes: number): void {
  let covered = 0;
  for (const { name, begin, end } of [...entries].sort((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin !== covered) throw new SafetensorsError(`tensor "${name}" leaves a gap or overlaps another`);
    covered = end;
  }
  if (covered !== dataBytes)
    throw new SafetensorsError(`tensors cover ${covered} bytes of data, the file has ${dataBytes}`);
}
