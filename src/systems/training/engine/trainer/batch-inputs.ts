/** What a model is fed with: pictures in batches, or what a fixed backbone makes of them. */
export interface BatchInputs {
  /** One per usable training picture. */
  readonly trainLabels: Int32Array;
  /** The usable validation pictures. */
  readonly validation: { readonly labels: Int32Array; readonly paths: readonly string[] };
  /**
   * Batches of an epoch, augmented, from the `from`th on.
   * @param batches places among the training pictures, of the whole epoch
   */
  trainBatches(epoch: number, batches: readonly Int32Array[], from: number): AsyncIterable<TrainBatch>;
  /** All validation pictures in their order, as at inference, in batches of at most `size`. */
  validationBatches(size: number): AsyncIterable<ModelInput>;
}

/** `images` `[n, 3, S, S]` or `features` `[n, D]` by name, flat. The arrays are the receiver's own. */
export type ModelInput = Readonly<Record<string, Float32Array>>;

export interface TrainBatch {
  /** With `targets` `[n, classes]`. */
  readonly feeds: ModelInput;
  readonly labels: Int32Array;
}
