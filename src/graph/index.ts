/** The graph room's door: everything that others need to build a model. */
export { GraphBuilder } from "./builder.ts";
export { gradients } from "./gradients/gradients.ts";
export { GraphError } from "./graph-error.ts";
export type { GraphModel } from "./model.ts";
export * from "./operators/activation.ts";
export * from "./operators/convolution.ts";
export * from "./operators/elementwise.ts";
export * from "./operators/indexing.ts";
export * from "./operators/linear.ts";
export * from "./operators/losses.ts";
export * from "./operators/normalisation.ts";
export * from "./operators/padding.ts";
export * from "./operators/pooling.ts";
export * from "./operators/quantisation.ts";
export * from "./operators/reduction.ts";
export * from "./operators/resize.ts";
export * from "./operators/shape.ts";
export * from "./operators/transposed-convolution.ts";
export {
  describe,
  type ElementType,
  float32,
  int64,
  int64Vector,
  sameShape,
  type Tensor,
  type TensorOf,
} from "./tensor.ts";
export type { Value } from "./value.ts";
