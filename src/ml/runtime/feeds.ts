import type { GraphModel } from "../../graph/model.ts";
import { byteLengthOf, describe, elementCount, sameShape, type Tensor } from "../../graph/tensor.ts";
import { QuatrainError } from "../../platform/errors/quatrain-error.ts";
import { buffersOf } from "./buffers.ts";
import type { NamedTensors } from "./numeric-runtime.ts";

/**
 * Demands feeds that are exactly what the model declares, and sets of tensors within the limit.
 * @throws QuatrainError `runtime_feed_mismatch` (500), `runtime_tensors_too_large` (413)
 */
export function checkFeeds(model: GraphModel, feeds: NamedTensors, maxBytes: number): void {
  const unknown = Object.keys(feeds).find((name) => model.inputs.every((input) => input.name !== name));
  if (unknown !== undefined) throw mismatch(model, `it has no input "${unknown}"`);
  for (const input of model.inputs) {
    const feed = feeds[input.name];
    if (feed === undefined) throw mismatch(model, `nothing was fed to "${input.name}"`);
    if (feed.type !== input.type || !sameShape(feed.shape, input.shape))
      throw mismatch(model, `"${input.name}" is ${describe(input)}, got ${describe(feed)}`);
    if (feed.data.length !== elementCount(feed.shape))
      throw mismatch(model, `"${input.name}" is ${describe(input)}, got ${feed.data.length} elements`);
  }
  for (const set of [model.inputs, model.outputs]) {
    const bytes = set.reduce((sum, tensor) => sum + byteLengthOf(tensor), 0);
    if (bytes > maxBytes) throw tooLarge(model, bytes, maxBytes);
  }
}

/**
 * Feeds that the runtime owns: copies of exactly their elements, or the caller's own buffers, moved at once.
 * @throws QuatrainError `runtime_feed_mismatch` (500) when a feed to be moved is part of a larger buffer.
 */
export function ownFeeds(model: GraphModel, feeds: NamedTensors, transfer: boolean): NamedTensors {
  if (!transfer)
    return Object.fromEntries(
      Object.entries(feeds).map(([name, feed]): [string, Tensor] => [name, copyOf(feed)]),
    );
  const part = Object.entries(feeds).find(([, { data }]) => data.byteLength !== data.buffer.byteLength);
  if (part !== undefined)
    throw mismatch(model, `"${part[0]}" cannot be transferred: it is a part of a larger buffer`);
  return structuredClone(feeds, { transfer: buffersOf(feeds) });
}

function copyOf(tensor: Tensor): Tensor {
  switch (tensor.type) {
    case "int64":
      return { ...tensor, data: tensor.data.slice() };
    case "float32":
      return { ...tensor, data: tensor.data.slice() };
    case "float64":
      return { ...tensor, data: tensor.data.slice() };
    case "int32":
      return { ...tensor, data: tensor.data.slice() };
    case "int8":
      return { ...tensor, data: tensor.data.slice() };
    case "uint8":
    case "bool":
      return { ...tensor, data: tensor.data.slice() };
  }
}

function mismatch(model: GraphModel, problem: string): QuatrainError {
  return new QuatrainError(`model "${model.name}" cannot run: ${problem}`, {
    code: "runtime_feed_mismatch",
    status: 500,
  });
}

function tooLarge(model: GraphModel, bytes: number, maxBytes: number): QuatrainError {
  return new QuatrainError(
    `model "${model.name}" needs ${bytes} bytes for its inputs or outputs, more than the ${maxBytes} allowed: use a smaller picture or fewer rows, or raise the limit`,
    { code: "runtime_tensors_too_large", status: 413, details: { bytes, maxBytes } },
  );
}
