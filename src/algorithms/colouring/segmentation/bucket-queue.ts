/** A queue of whole numbers with their owners, by cost; equal costs in no particular, but always the same, order. */
export interface BucketQueue {
  /** @param cost 0 or more; costs of `buckets - 1` steps and beyond count the same. */
  push(cost: number, value: number, owner: number): void;
  /** The value of least cost, or -1 when empty. */
  pop(): number;
  /** Whose the value was that `pop` yielded last. */
  owner(): number;
}

/** Of a slot, which lies in one line of the cache: a value, its owner, and the slot after it. */
const SLOT = 4;

/**
 * A queue whose costs are rounded to `step`: O(1) a value, as long as costs mostly rise.
 * @param buckets how many steps are told apart
 */
export function bucketQueue(buckets: number, step: number): BucketQueue {
  const heads = new Int32Array(buckets).fill(-1);
  let slots = new Int32Array(4096 * SLOT);
  let last = -1;
  let used = 0;
  let vacant = -1;
  let lowest = buckets;
  const take = (): number => {
    if (vacant !== -1) {
      const slot = vacant;
      vacant = slots[slot + 2] as number;
      return slot;
    }
    if (used === slots.length) slots = enlarged(slots);
    used += SLOT;
    return used - SLOT;
  };
  return {
    push(cost, value, owner) {
      const bucket = Math.min(buckets - 1, (cost / step) | 0);
      const slot = take();
      slots[slot] = value;
      slots[slot + 1] = owner;
      slots[slot + 2] = heads[bucket] as number;
      heads[bucket] = slot;
      if (bucket < lowest) lowest = bucket;
    },
    pop() {
      while (lowest < buckets && heads[lowest] === -1) lowest++;
      if (lowest >= buckets) return -1;
      const slot = heads[lowest] as number;
      heads[lowest] = slots[slot + 2] as number;
      slots[slot + 2] = vacant;
      vacant = slot;
      last = slots[slot + 1] as number;
      return slots[slot] as number;
    },
    owner: () => last,
  };
}

function enlarged(values: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(values.length * 2);
  larger.set(values);
  return larger;
}
