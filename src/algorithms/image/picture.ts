/** A decoded picture: `[height, width, 3]` row-major, 8 bit sRGB. The owner may not change `data` once it is shared. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** A plane of booleans: `[height, width]` row-major, 1 inside, 0 outside. */
export interface Mask {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** A plane of numbers: `[height, width]` row-major. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}
