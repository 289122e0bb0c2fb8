/**
 * Per row `log(sum(exp(row)))`: a logit less this is the logarithm of its probability. The largest logit is taken out
 * first, so that nothing overflows.
 * @param logits [rows, columns] row-major
 * @throws RangeError where a logit is not finite: the model has diverged
 */
export function logSumExpRows(logits: Float32Array, columns: number): Float64Array {
  const sums = new Float64Array(logits.length / columns);
  for (let row = 0; row < sums.length; row++) {
    const begin = row * columns;
    let largest = Number.NEGATIVE_INFINITY;
    for (let at = begin; at < begin + columns; at++) largest = Math.max(largest, logits[at] as number);
    let sum = 0;
    for (let at = begin; at < begin + columns; at++) sum += Math.exp((logits[at] as number) - largest);
    const logarithm = largest + Math.log(sum);
    if (!Number.isFinite(logarithm))
      throw new RangeError(`the logits of picture ${row} are not finite numbers`);
    sums[row] = logarithm;
  }
  return sums;
}
