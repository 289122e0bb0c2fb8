/** How a picture becomes the model's input. */
export interface PreprocessingOptions {
  /** Side of the square input in pixels. */
  readonly imageSize: number;
  /**
   * `resize`: stretched to the square. `resize_crop`: the shorter side to `imageSize / 0.875`, the middle cut out.
   * `pad`: the longer side to `imageSize`, the rest filled with black.
   */
  readonly resizeMode: "resize" | "resize_crop" | "pad";
  /** Per channel, of values in 0..1: `(value / 255 - mean) / std`. */
  readonly mean: readonly [number, number, number];
  readonly std: readonly [number, number, number];
}

/** Random changes to training pictures, in torchvision's meaning and ranges. Null where one is off. */
export interface AugmentationOptions {
  /** Left-right; a probability. */
  readonly flip: { readonly probability: number } | null;
  /** Uniform in +-degrees. */
  readonly rotation: { readonly degrees: number } | null;
  /** RandomResizedCrop: share of the area, and width / height. */
  readonly crop: {
    readonly scale: readonly [number, number];
    readonly ratio: readonly [number, number];
  } | null;
  /** ColorJitter: factors in `max(0, 1 - x)..1 + x`; hue in +-hue turns (at most 0.5). */
  readonly colourJitter: {
    readonly brightness: number;
    readonly contrast: number;
    readonly saturation: number;
    readonly hue: number;
  } | null;
  /** RandomErasing with torchvision's scale .02 to .33 and ratio .3 to 3.3, filled with 0 after normalisation. */
  readonly erasing: { readonly probability: number } | null;
  readonly grayscale: { readonly probability: number } | null;
  /** Gaussian blur with a sigma drawn from the range, in pixels of the input. */
  readonly blur: { readonly sigma: readonly [number, number] } | null;
  /** Beta(alpha, alpha) mixtures of two pictures of a batch and of their labels. */
  readonly mixup: { readonly alpha: number } | null;
  /** A box of one picture pasted into another, labels by area. With mixup too, one of both is drawn per batch. */
  readonly cutmix: { readonly alpha: number } | null;
}
