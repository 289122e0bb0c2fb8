/** Bytes of one element of each type that files use. */
export const ELEMENT_BYTES = {
  F64: 8,
  I64: 8,
  U64: 8,
  F32: 4,
  I32: 4,
  U32: 4,
  F16: 2,
  BF16: 2,
  I16: 2,
  U16: 2,
  I8: 1,
  U8: 1,
  BOOL: 1,
} as const;

/** Element types by their names in the format. */
export type SafetensorsType = keyof typeof ELEMENT_BYTES;

export function isSafetensorsType(name: unknown): name is SafetensorsType {
  return typeof name === "string" && Object.hasOwn(ELEMENT_BYTES, name);
}
