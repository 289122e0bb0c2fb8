/** Of a slot, which lies in one line of the cache: a value, its owner, and the slot after it. */
const SLOT = 4;
const NONE = -1;

/**
 * A queue of whole numbers with their owners, by cost, rounded to a step: O(1) a value, as long as costs mostly rise.
 * Equal costs come in no particular, but always the same, order.
 */
export class BucketQueue {
  readonly #perStep: number;
  readonly #heads: Int32Array;
  #slots = new Int32Array(4096 * SLOT);
  #used = 0;
  #vacant = NONE;
  #lowest: number;
  #owner = NONE;

  /**
   * @param buckets how many steps are told apart
   * @param perStep steps that a cost of 1 has
   */
  constructor(buckets: number, perStep: number) {
    this.#perStep = perStep;
    this.#heads = new Int32Array(buckets).fill(NONE);
    this.#lowest = buckets;
  }

  /** Whose the value was that `pop` yielded last. */
  get owner(): number {
    return this.#owner;
  }

  /** @param cost 0 or more; costs of `buckets - 1` steps and beyond count the same. */
  push(cost: number, value: number, owner: number): void {
    const bucket = Math.min(this.#heads.length - 1, (cost * this.#perStep) | 0);
    const slot = this.#free();
    const slots = this.#slots;
    slots[slot] = value;
    slots[slot + 1] = owner;
    slots[slot + 2] = this.#heads[bucket] as number;
    this.#heads[bucket] = slot;
    if (bucket < this.#lowest) this.#lowest = bucket;
  }

  /** The value of least cost, or -1 when empty. */
  pop(): number {
    const heads = this.#heads;
    let lowest = this.#lowest;
    while (lowest < heads.length && heads[lowest] === NONE) lowest++;
    this.#lowest = lowest;
    if (lowest >= heads.length) return NONE;
    const slots = this.#slots;
    const slot = heads[lowest] as number;
    heads[lowest] = slots[slot + 2] as number;
    slots[slot + 2] = this.#vacant;
    this.#vacant = slot;
    this.#owner = slots[slot + 1] as number;
    return slots[slot] as number;
  }

  #free(): number {
    const slot = this.#vacant;
    if (slot !== NONE) {
      this.#vacant = this.#slots[slot + 2] as number;
      return slot;
    }
    if (this.#used === this.#slots.length) this.#slots = enlarged(this.#slots);
    this.#used += SLOT;
    return this.#used - SLOT;
  }
}

function enlarged(values: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(values.length * 2);
  larger.set(values);
  return larger;
}
