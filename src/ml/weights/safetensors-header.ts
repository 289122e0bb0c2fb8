import { SafetensorsError } from "./safetensors-error.ts";
import { ELEMENT_BYTES, isSafetensorsType, type SafetensorsType } from "./safetensors-types.ts";

/** Where a tensor lies, in bytes from the start of the data. */
export interface Entry {
  readonly name: string;
  readonly type: SafetensorsType;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

/** @throws SafetensorsError unless it is the JSON that the format describes. */
export function parseHeader(bytes: Uint8Array): { entries: Entry[]; metadata: Record<string, string> } {
  const header = asRecord(parseJson(bytes), "the header");
  const { __metadata__: metadata = {}, ...tensors } = header;
  const texts = Object.entries(asRecord(metadata, "__metadata__")).map(([key, text]) => {
    if (typeof text !== "string") throw new SafetensorsError(`metadata "${key}" is no text`);
    return [key, text] as const;
  });
  return {
    entries: Object.entries(tensors).map(([name, entry]) => parseEntry(name, entry)),
    metadata: Object.fromEntries(texts),
  };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new SafetensorsError("the header is no JSON in UTF-8");
  }
}

function parseEntry(name: string, value: unknown): Entry {
  const { dtype, shape, data_offsets: offsets } = asRecord(value, `tensor "${name}"`);
  if (!isSafetensorsType(dtype)) throw new SafetensorsError(`tensor "${name}" has an unknown type`);
  if (!areSizes(shape)) throw new SafetensorsError(`tensor "${name}" has no sound shape`);
  if (!areSizes(offsets) || offsets.length !== 2)
    throw new SafetensorsError(`tensor "${name}" has no sound offsets`);
  const [begin = 0, end = 0] = offsets;
  const expected = shape.reduce((count, size) => count * size, ELEMENT_BYTES[dtype]);
  if (end - begin !== expected)
    throw new SafetensorsError(`tensor "${name}" of [${shape}] ${dtype} needs ${expected} bytes`);
  return { name, type: dtype, shape, begin, end };
}

function areSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

function asRecord(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new SafetensorsError(`${what} is no JSON object`);
  return value as Record<string, unknown>;
}
