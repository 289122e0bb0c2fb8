/** Euclidean norm of all gradients together, as one vector. O(numbers). */
export function gradientNorm(gradients: ReadonlyMap<string, Float32Array>): number {
  let sum = 0;
  for (const values of gradients.values())
    for (let at = 0; at < values.length; at++) sum += (values[at] as number) ** 2;
  return Math.sqrt(sum);
}

/**
 * torch's clip_grad_norm_: scales all gradients in place by `maxNorm / (norm + 1e-6)` where that is below 1. A norm that
 * is not a number makes all of them so, as in torch. O(numbers).
 * @param maxNorm above 0
 * @returns the norm before
 */
export function clipByNorm(gradients: ReadonlyMap<string, Float32Array>, maxNorm: number): number {
  const norm = gradientNorm(gradients);
  const factor = maxNorm / (norm + 1e-6);
  if (factor >= 1) return norm;
  for (const values of gradients.values())
    for (let at = 0; at < values.length; at++) values[at] = (values[at] as number) * factor;
  return norm;
}
