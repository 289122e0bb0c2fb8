import type { NamedTensors } from "./numeric-runtime.ts";

/** The buffers of a set of tensors, each once: what a message between threads transfers. */
export function buffersOf(tensors: NamedTensors): ArrayBuffer[] {
  const buffers = Object.values(tensors).map(({ data }) => data.buffer);
  return [...new Set(buffers.filter((buffer) => buffer instanceof ArrayBuffer))];
}
