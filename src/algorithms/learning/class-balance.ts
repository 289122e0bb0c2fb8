/**
 * Class weights against imbalance, scikit-learn's `balanced`: pictures / (classes * pictures of the class), over the
 * classes that have pictures. A class without has 0.
 * @param counts pictures per class
 */
export function balancedClassWeights(counts: ArrayLike<number>): Float32Array {
  const all = Array.from(counts);
  const total = all.reduce((sum, count) => sum + count, 0);
  const present = all.filter((count) => count > 0).length;
  return Float32Array.from(all, (count) => (count > 0 ? total / (present * count) : 0));
}
