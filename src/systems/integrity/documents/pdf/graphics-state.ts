import { compose, IDENTITY, type Matrix } from "./matrix.ts";

/** What PDF's operators set, and `q` and `Q` keep. ISO 32000-1, sections 8.4 and 9.3. */
export interface GraphicsState {
  matrix: Matrix;
  /** `#rrggbb`; null for patterns. */
  fill: string | null;
  stroke: string | null;
  fillAlpha: number;
  lineWidth: number;
  font: string;
  fontSize: number;
  charSpacing: number;
  wordSpacing: number;
  /** 1 is 100 %. */
  scale: number;
  leading: number;
  rise: number;
  /** Text rendering mode: 0 fill, 1 stroke, 2 both, 3 neither, 4 to 7 the same and clip. */
  mode: number;
}

export const INITIAL: GraphicsState = {
  matrix: IDENTITY,
  fill: "#000000",
  stroke: "#000000",
  fillAlpha: 1,
  lineWidth: 1,
  font: "",
  fontSize: 0,
  charSpacing: 0,
  wordSpacing: 0,
  scale: 1,
  leading: 0,
  rise: 0,
  mode: 0,
};

/** Deeper than any page's; what is saved beyond is not kept. */
const MAX_SAVED = 1_000;

/** The state now, and those that will come back. */
export class GraphicsStack {
  readonly #saved: GraphicsState[] = [];
  now: GraphicsState = { ...INITIAL };

  save(): void {
    if (this.#saved.length < MAX_SAVED) this.#saved.push({ ...this.now });
  }

  restore(): void {
    this.now = this.#saved.pop() ?? this.now;
  }

  transform(matrix: Matrix): void {
    this.now.matrix = compose(this.now.matrix, matrix);
  }
}
