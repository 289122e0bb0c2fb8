import { type QuatrainError, userError } from "../../../platform/errors/quatrain-error.ts";
import { readSafetensors, type StoredTensor } from "../../weights/safetensors.ts";
import { SafetensorsError } from "../../weights/safetensors-error.ts";
import { storedNumbers } from "../../weights/stored-numbers.ts";
import type { DinoConfiguration } from "./configuration.ts";
import { namingOf, type StoredPart } from "./weight-names.ts";
import { DinoWeights, type WeightShape, weightShapes } from "./weights.ts";

/**
 * Weights of one model out of a safetensors file with timm's names (fused qkv) or Hugging Face's (`query`, `key` and
 * `value` apart); numbers of F32, F16 or BF16. What the model does not use (final normalisation, mask token, head) is
 * left alone. O(size of the file).
 *
 * @throws QuatrainError `weights_unreadable` (422) for a damaged or truncated file, `weights_do_not_fit` (422) when a
 * weight is missing, of another shape or type, or not finite: the message names it
 */
export function readDinoWeights(file: Uint8Array, configuration: DinoConfiguration): DinoWeights {
  const stored = tensorsOf(file);
  const naming = namingOf(new Set(stored.keys()), configuration);
  if (naming === null)
    throw doNotFit(
      configuration,
      "it has neither timm's names nor Hugging Face's (patch embedding and blocks)",
    );
  const read = (part: StoredPart) => numbersOf(stored.get(part.name), part, configuration);
  const numbers = weightShapes(configuration).map(
    (weight) => [weight.name, joined(naming.partsOf(weight).map(read))] as const,
  );
  const byName = new Map(numbers);
  naming.settle?.(byName);
  return new DinoWeights(byName);
}

function tensorsOf(file: Uint8Array): ReadonlyMap<string, StoredTensor> {
  try {
    return readSafetensors(file).tensors;
  } catch (error) {
    if (!(error instanceof SafetensorsError)) throw error;
    throw userError(
      "weights_unreadable",
      422,
      `The file of weights is no sound safetensors file: ${error.message}. Fetch it again`,
    );
  }
}

function numbersOf(
  stored: StoredTensor | undefined,
  { name, shape }: WeightShape,
  configuration: DinoConfiguration,
): Float32Array {
  if (stored === undefined) throw doNotFit(configuration, `"${name}" is missing`);
  if (stored.shape.length !== shape.length || stored.shape.some((size, axis) => size !== shape[axis]))
    throw doNotFit(configuration, `"${name}" is [${stored.shape}], not [${shape}]`);
  const numbers = storedNumbers(stored);
  if (numbers === null)
    throw doNotFit(configuration, `"${name}" is of type ${stored.type}, not F32, F16 or BF16`);
  if (!numbers.every(Number.isFinite))
    throw doNotFit(configuration, `"${name}" has numbers that are not finite`);
  return numbers;
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function doNotFit({ id }: DinoConfiguration, problem: string): QuatrainError {
  return userError(
    "weights_do_not_fit",
    422,
    `The file of weights is not one of ${id}: ${problem}. Give the safetensors file of the same model`,
  );
}
