/**
 * `change` of uniform numbers in -1..1: murmur3's finaliser of the index, the same in the vectors' Python scripts
 * (`hashed` in regenerate-resnet.py and regenerate-dinov2.py).
 * @param place tells one series from another
 */
export function hashedNumbers(
  place: number,
  count: number,
  change: (uniform: number) => number,
): Float32Array {
  const start = Math.imul(place, 0x9e3779b1);
  const data = new Float32Array(count);
  for (let index = 0; index < count; index++) {
    let x = index + start;
    x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
    x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
    data[index] = change(((x ^ (x >>> 16)) >>> 0) / 2 ** 31 - 1);
  }
  return data;
}
