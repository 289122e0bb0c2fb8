/** How many sessions one worker may keep. */
export interface SessionBudget {
  readonly maxSessions: number;
  /** Sum of the models' sizes, which is about what onnxruntime takes for their weights. */
  readonly maxModelBytes: number;
}

/** What a worker must do to have a session: release these, and open it unless it has it already. */
export interface SessionPlan {
  readonly open: boolean;
  readonly evict: readonly string[];
}

/** Which sessions a worker holds, the least recently used first. Kept outside the worker, in step with it. */
export class SessionLedger {
  readonly #budget: SessionBudget;
  readonly #sizes = new Map<string, number>();

  constructor(budget: SessionBudget) {
    this.#budget = budget;
  }

  has(hash: string): boolean {
    return this.#sizes.has(hash);
  }

  /** Books a session as used now. A model beyond the whole budget is kept alone. */
  use(hash: string, bytes: number): SessionPlan {
    const open = !this.#sizes.delete(hash);
    const evict: string[] = [];
    if (open) {
      let total = bytes;
      for (const size of this.#sizes.values()) total += size;
      for (const [oldest, size] of this.#sizes) {
        if (this.#sizes.size < this.#budget.maxSessions && total <= this.#budget.maxModelBytes) break;
        this.#sizes.delete(oldest);
        evict.push(oldest);
        total -= size;
      }
    }
    this.#sizes.set(hash, bytes);
    return { open, evict };
  }

  /** Books that a session could not be opened. */
  forget(hash: string): void {
    this.#sizes.delete(hash);
  }
}
