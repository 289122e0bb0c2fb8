import { readSafetensors, type StoredTensor } from "../../../../ml/weights/safetensors.ts";
import { SafetensorsError } from "../../../../ml/weights/safetensors-error.ts";
import { storedNumbers } from "../../../../ml/weights/stored-numbers.ts";
import { userError } from "../../../../platform/errors/quatrain-error.ts";
import type { ModelDefinition, NamedShape, Weights } from "./model.ts";

/** What came of a file of weights, by name. */
export interface LoadedWeights {
  readonly loaded: readonly string[];
  /** Weights of the model that the file has not; only ever the head's. */
  readonly missing: readonly string[];
  /** Weights of another shape in the file; only ever the head's: it was trained for other classes. */
  readonly mismatched: readonly string[];
}

/** The head of timm's and torchvision's ResNets. */
const HEAD = "fc.";

/**
 * Fills weights and buffers, by name, from a safetensors file of timm's or torchvision's (F32, F16 or BF16). The head
 * keeps its fresh numbers where the file was made for another number of classes, or without a head. Nothing is
 * changed when the file is refused.
 *
 * @throws QuatrainError `weights_unreadable` (422) for a damaged file; `weights_do_not_fit` (422) when anything but
 * the head is missing, of another shape or not finite: the message names it.
 */
export function loadTimmWeights(
  file: Uint8Array,
  definition: Pick<ModelDefinition, "choice" | "parameters" | "frozenParameters" | "buffers">,
  weights: Weights,
): LoadedWeights {
  const stored = tensorsOf(file);
  const wanted = [...definition.parameters, ...definition.frozenParameters, ...definition.buffers];
  const missing = wanted.filter(({ name }) => !stored.has(name)).map(({ name }) => name);
  const present = wanted.filter(({ name }) => stored.has(name));
  const mismatched = present
    .filter((weight) => !sameShape(weight, stored.get(weight.name)))
    .map(({ name }) => name);
  const stray = [...missing, ...mismatched].find((name) => !name.startsWith(HEAD));
  if (stray !== undefined)
    throw doNotFit(definition, `"${stray}" is ${missing.includes(stray) ? "missing" : "of another shape"}`);
  const fitting = present.filter(({ name }) => !mismatched.includes(name));
  const numbers = fitting.map(
    ({ name }) => [name, finiteNumbers(definition, name, stored.get(name))] as const,
  );
  for (const [name, values] of numbers) weights.get(name)?.set(values);
  return { loaded: fitting.map(({ name }) => name), missing, mismatched };
}

function tensorsOf(file: Uint8Array): ReadonlyMap<string, StoredTensor> {
  try {
    return readSafetensors(file).tensors;
  } catch (error) {
    if (!(error instanceof SafetensorsError)) throw error;
    throw userError(
      "weights_unreadable",
      422,
      `the file of weights is no sound safetensors file: ${error.message}`,
    );
  }
}

function sameShape({ shape }: NamedShape, stored: StoredTensor | undefined): boolean {
  return stored?.shape.length === shape.length && shape.every((size, axis) => size === stored.shape[axis]);
}

function finiteNumbers(
  definition: Pick<ModelDefinition, "choice">,
  name: string,
  stored: StoredTensor | undefined,
): Float32Array {
  const numbers = stored === undefined ? null : storedNumbers(stored);
  if (numbers === null)
    throw doNotFit(definition, `"${name}" is of type ${stored?.type}, not F32, F16 or BF16`);
  if (!numbers.every(Number.isFinite))
    throw doNotFit(definition, `"${name}" has numbers that are not finite`);
  return numbers;
}

function doNotFit({ choice }: Pick<ModelDefinition, "choice">, problem: string) {
  return userError(
    "weights_do_not_fit",
    422,
    `the file of weights is not one of ${choice.name}: ${problem}. Give the safetensors file of the same model`,
  );
}
