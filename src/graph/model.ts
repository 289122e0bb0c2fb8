import type { TensorType } from "./tensor.ts";

/** An input or output of a model. */
export interface NamedType extends TensorType {
  readonly name: string;
}

/** A finished ONNX model, ready for the runtime or for a file. Immutable: nobody may change `bytes`. */
export interface GraphModel {
  readonly name: string;
  /** The ONNX file. */
  readonly bytes: Uint8Array;
  readonly inputs: readonly NamedType[];
  readonly outputs: readonly NamedType[];
  /** SHA-256 of `bytes`, hex. The same calls build the same bytes on every machine. */
  readonly hash: string;
}
