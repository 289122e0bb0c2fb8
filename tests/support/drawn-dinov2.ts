import type { DinoConfiguration } from "../../src/ml/backbones/dinov2/configuration.ts";
import { weightShapes } from "../../src/ml/backbones/dinov2/weights.ts";
import { type StoredTensor, writeSafetensors } from "../../src/ml/weights/safetensors.ts";
import { hashedNumbers } from "./hashed-numbers.ts";

/** Reproducible weights of a vision transformer, as tests/vectors/regenerate-dinov2.py draws them; timm's names. */
export function drawnDinoWeights(configuration: DinoConfiguration): Map<string, StoredTensor> {
  return new Map(
    weightShapes(configuration).map(({ name, shape }, index) => [
      name,
      storedFloats(shape, drawn(name, shape, index + 1)),
    ]),
  );
}

/** The same as a file. */
export function drawnDinoFile(configuration: DinoConfiguration): Uint8Array {
  return writeSafetensors({ tensors: drawnDinoWeights(configuration), metadata: {} });
}

export function storedFloats(shape: readonly number[], data: Float32Array): StoredTensor {
  return { type: "F32", shape, bytes: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) };
}

function drawn(name: string, shape: readonly number[], place: number): Float32Array {
  const count = shape.reduce((product, size) => product * size, 1);
  if (name.endsWith("gamma") || (name.includes(".norm") && name.endsWith("weight")))
    return hashedNumbers(place, count, (uniform) => 1 + 0.3 * uniform);
  const inputs = count / (shape[0] ?? 1);
  const scale = shape.length === 2 || shape.length === 4 ? Math.sqrt(3 / inputs) : 0.3;
  return hashedNumbers(place, count, (uniform) => scale * uniform);
}
