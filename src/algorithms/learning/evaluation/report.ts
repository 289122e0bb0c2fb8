/** How a model did on pictures whose classes are known. No number in it is NaN or infinite. */
export interface ClassificationReport {
  /** Mean cross-entropy, without smoothing or class weights. */
  readonly loss: number;
  /** accuracy, top5_accuracy, and precision, recall, f1 (macro). 0..1 */
  readonly metrics: Readonly<Record<string, number>>;
  /** By class name. */
  readonly perClass: Readonly<Record<string, ClassScores>>;
  /** Counts. Rows: true class, columns: predicted, in the order of the classes. */
  readonly confusion: readonly (readonly number[])[];
  /** By class name; empty lists where the class has no pictures. */
  readonly prCurves: Readonly<Record<string, PrecisionRecallCurve>>;
  /** Expected calibration error, 0..1. */
  readonly calibrationError: number;
}

/** One class against the rest. 0 where a quotient has no pictures to divide by (scikit-learn's zero_division=0). */
export interface ClassScores {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Pictures whose true class it is. */
  readonly support: number;
  readonly averagePrecision: number;
}

/** At falling thresholds of the class's probability; at most 101 points. */
export interface PrecisionRecallCurve {
  readonly precision: readonly number[];
  readonly recall: readonly number[];
  readonly thresholds: readonly number[];
}

/** How one picture went. */
export interface PictureScore {
  readonly trueLabel: number;
  readonly predictedLabel: number;
  /** Probability of the predicted class. */
  readonly confidence: number;
  /** Cross-entropy. */
  readonly loss: number;
  /** At most five, most likely first; the lower label first where they are equal. */
  readonly top: readonly { readonly label: number; readonly confidence: number }[];
}
