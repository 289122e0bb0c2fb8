/** A part of a confusion matrix that fits on a page. */
export interface ShownMatrix {
  /** Indices of the classes shown, ascending. */
  readonly classes: readonly number[];
  /** Rows true, columns predicted. */
  readonly cells: readonly (readonly Cell[])[];
}

export interface Cell {
  readonly count: number;
  /** Of the true class's pictures, 0..1; 0 where it has none. */
  readonly share: number;
}

/**
 * At most `most` classes of a matrix, those with the most mistakes; shares are of the whole rows. O(classes^2).
 *
 * @param matrix rows true, columns predicted
 */
export function shownMatrix(matrix: readonly (readonly number[])[], most: number): ShownMatrix {
  const mistakes = matrix.map(() => 0);
  matrix.forEach((row, truth) => {
    row.forEach((count, predicted) => {
      if (truth === predicted) return;
      mistakes[truth] = (mistakes[truth] ?? 0) + count;
      mistakes[predicted] = (mistakes[predicted] ?? 0) + count;
    });
  });
  const classes = mistakes
    .map((count, index) => ({ count, index }))
    .sort((one, other) => other.count - one.count || one.index - other.index)
    .slice(0, most)
    .map(({ index }) => index)
    .sort((one, other) => one - other);
  const cells = classes.map((truth) => {
    const row = matrix[truth] ?? [];
    const all = row.reduce((sum, count) => sum + count, 0);
    return classes.map((predicted) => {
      const count = row[predicted] ?? 0;
      return { count, share: all === 0 ? 0 : count / all };
    });
  });
  return { classes, cells };
}
