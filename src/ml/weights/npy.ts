/** An array of NumPy's, in C order. */
export interface NpyArray {
  readonly shape: readonly number[];
  /** Numbers row-major; or the one text that a string array of no or one element holds. */
  readonly data: Float32Array | string;
}

/** What is wrong about the file, in words. */
export class NpyError extends Error {}

const MAGIC = "\x93NUMPY";
const MAX_HEADER_BYTES = 64 * 1024;
const HEADER =
  /^\{\s*'descr':\s*'([^']{1,20})',\s*'fortran_order':\s*(True|False),\s*'shape':\s*\(([\d, ]*)\),?\s*\}\s*$/;
const NUMBERS: Readonly<Record<string, { bytes: number; read(view: DataView, at: number): number }>> = {
  "<f4": { bytes: 4, read: (view, at) => view.getFloat32(at, true) },
  "<f2": { bytes: 2, read: (view, at) => view.getFloat16(at, true) },
  "<f8": { bytes: 8, read: (view, at) => view.getFloat64(at, true) },
  "<i4": { bytes: 4, read: (view, at) => view.getInt32(at, true) },
  "<i8": { bytes: 8, read: (view, at) => Number(view.getBigInt64(at, true)) },
  "|u1": { bytes: 1, read: (view, at) => view.getUint8(at) },
};

/**
 * Reads an `.npy` file: little-endian float16/32/64, int32/64, uint8 as float32, or one Unicode text. Nothing is read
 * past the bytes, nothing is run: arrays of objects are pickles and refused. O(bytes).
 *
 * Source: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html, versions 1 to 3.
 * @throws NpyError for anything else
 */
export function readNpy(bytes: Uint8Array): NpyArray {
  const { descr, shape, start } = readHeader(bytes);
  const count = shape.reduce((product, side) => product * side, 1);
  if (!Number.isSafeInteger(count)) throw new NpyError("its shape is too large");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = /^<U(\d{1,8})$/.exec(descr);
  if (text !== null) return { shape, data: readText(bytes, start, Number(text[1]), count) };
  const kind = NUMBERS[descr];
  if (kind === undefined) throw new NpyError(`arrays of type ${descr} are not read`);
  demandLength(bytes, start, count * kind.bytes);
  const data = new Float32Array(count);
  for (let at = 0; at < count; at++) data[at] = kind.read(view, start + at * kind.bytes);
  return { shape, data };
}

function readHeader(bytes: Uint8Array) {
  if (bytes.length < 12 || Buffer.from(bytes.subarray(0, 6)).toString("latin1") !== MAGIC)
    throw new NpyError("it is no .npy file");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = bytes[6] as number;
  if (version < 1 || version > 3) throw new NpyError(`format ${version} is not known`);
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  const begin = version === 1 ? 10 : 12;
  if (length > MAX_HEADER_BYTES || begin + length > bytes.length)
    throw new NpyError(`a header of ${length} bytes does not fit`);
  const header = Buffer.from(bytes.subarray(begin, begin + length)).toString("latin1");
  const match = HEADER.exec(header);
  if (match === null)
    throw new NpyError("its header is not one of a plain array (arrays of objects are never read)");
  const [, descr = "", order, sides = ""] = match;
  if (order === "True")
    throw new NpyError("it lies in Fortran's order; save it with numpy.ascontiguousarray");
  const shape = sides
    .split(",")
    .map((side) => side.trim())
    .filter((side) => side !== "")
    .map(Number);
  return { descr, shape, start: begin + length };
}

/** UTF-32, padded with zeros. */
function readText(bytes: Uint8Array, start: number, characters: number, count: number): string {
  if (count !== 1) throw new NpyError("lists of texts are not read");
  demandLength(bytes, start, 4 * characters);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const points: string[] = [];
  for (let at = 0; at < characters; at++) {
    const point = view.getUint32(start + 4 * at, true);
    if (point === 0) break;
    if (point > 0x10ffff) throw new NpyError("its text is no Unicode");
    points.push(String.fromCodePoint(point));
  }
  return points.join("");
}

function demandLength(bytes: Uint8Array, start: number, expected: number): void {
  if (bytes.length - start !== expected)
    throw new NpyError(`it has ${bytes.length - start} bytes of data, ${expected} were expected`);
}
