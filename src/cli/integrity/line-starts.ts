/** Lines and columns, both from 1, of places that are given in code points. */
export class LineStarts {
  /** Code points before each line. */
  readonly #starts: readonly number[];

  /** O(length). A line ends at `\n`. */
  constructor(text: string) {
    const starts = [0];
    let at = 0;
    for (const character of text) {
      at++;
      if (character === "\n") starts.push(at);
    }
    this.#starts = starts;
  }

  /** `12:5`. O(log lines). */
  at(codePoint: number): string {
    let [low, high] = [0, this.#starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.#starts[middle]! <= codePoint) low = middle;
      else high = middle;
    }
    return `${low + 1}:${codePoint - this.#starts[low]! + 1}`;
  }
}
