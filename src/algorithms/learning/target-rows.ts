/** How targets are made of labels or of probabilities. */
export interface TargetOptions {
  readonly classes: number;
  /** Label smoothing, 0..1: this share of each target is spread over all classes alike. */
  readonly smoothing: number;
  /** One weight per class, 0 or more; null: all 1. */
  readonly classWeights: Float32Array | null;
  /** Rows of the result, at least as many as there are pictures: those beyond them are 0. */
  readonly rows: number;
}

/**
 * Targets T for which `- sum(T * logSoftmax(logits))` is torch's
 * `CrossEntropyLoss(weight, label_smoothing, reduction="mean")` of class indices: the division by the sum of the labels'
 * weights is in them. Where that sum is 0 (torch gives NaN) they are 0.
 * @returns [rows, classes] row-major float32
 * @throws RangeError for a label that is no class, or more labels than rows
 */
export function targetRows(labels: ArrayLike<number>, options: TargetOptions): Float32Array {
  const { classes, smoothing, classWeights, rows } = options;
  if (labels.length > rows) throw new RangeError(`${labels.length} labels do not fit into ${rows} rows`);
  let total = 0;
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row] as number;
    if (!Number.isInteger(label) || label < 0 || label >= classes)
      throw new RangeError(`label ${label} is not one of ${classes} classes`);
    total += classWeights?.[label] ?? 1;
  }
  const targets = new Float32Array(rows * classes);
  if (total === 0) return targets;
  for (let row = 0; row < labels.length; row++)
    for (let index = 0; index < classes; index++) {
      const share = (index === labels[row] ? 1 - smoothing : 0) + smoothing / classes;
      targets[row * classes + index] = (share * (classWeights?.[index] ?? 1)) / total;
    }
  return targets;
}

/**
 * The same for probabilities (mixup, cutmix): torch smooths and weighs each of them and divides by the number of
 * pictures, whatever the weights.
 * @param probabilities [pictures, classes] row-major
 * @returns [rows, classes] row-major float32
 * @throws RangeError for a broken row, or more pictures than rows
 */
export function softTargetRows(probabilities: Float32Array, options: TargetOptions): Float32Array {
  const { classes, smoothing, classWeights, rows } = options;
  const pictures = probabilities.length / classes;
  if (!Number.isInteger(pictures) || pictures > rows)
    throw new RangeError(`${probabilities.length} numbers are not up to ${rows} rows of ${classes} classes`);
  const targets = new Float32Array(rows * classes);
  for (let at = 0; at < probabilities.length; at++) {
    const share = (probabilities[at] as number) * (1 - smoothing) + smoothing / classes;
    targets[at] = (share * (classWeights?.[at % classes] ?? 1)) / pictures;
  }
  return targets;
}
