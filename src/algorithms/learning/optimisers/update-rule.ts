/** How one array of weights is changed by its gradient. */
export interface UpdateRule {
  /** Names of the arrays that it remembers per parameter, in torch's words (`exp_avg`). */
  readonly slots: readonly string[];
  /**
   * Changes `weights` and `slots` in place, in one pass that allocates nothing.
   * @param slots one array per name, each as long as the weights, zero before the first step
   */
  update(
    weights: Float32Array,
    gradient: Float32Array,
    slots: readonly Float32Array[],
    step: UpdateStep,
  ): void;
}

/** What is the same for all weights of a step. */
export interface UpdateStep {
  /** From 1. */
  readonly number: number;
  readonly learningRate: number;
  /** Replaces the momentum (adam, adamw: beta1) of the options; null leaves it. */
  readonly momentum: number | null;
  readonly weightDecay: number;
}
