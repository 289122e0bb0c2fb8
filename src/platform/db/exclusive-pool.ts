import { QuatrainError } from "../errors/quatrain-error.ts";

/** Lends each of a fixed set of members to one borrower at a time, in the order of asking. */
export class ExclusivePool<Member> {
  readonly #idle: Member[];
  readonly #size: number;
  readonly #waiting: { resolve(member: Member): void; reject(error: Error): void }[] = [];
  #emptied: (() => void) | null = null;
  #closed = false;

  constructor(members: readonly Member[]) {
    this.#idle = [...members];
    this.#size = members.length;
  }

  /** @throws QuatrainError `database_unavailable` (503) once the pool is closed */
  acquire(): Promise<Member> {
    if (this.#closed) return Promise.reject(closedError());
    const member = this.#idle.pop();
    if (member !== undefined) return Promise.resolve(member);
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  release(member: Member): void {
    const next = this.#waiting.shift();
    if (next) {
      next.resolve(member);
      return;
    }
    this.#idle.push(member);
    if (this.#idle.length === this.#size) this.#emptied?.();
  }

  /** Refuses whoever still waits, and resolves once every member has been given back. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const { reject } of this.#waiting.splice(0)) reject(closedError());
    if (this.#idle.length === this.#size) return;
    await new Promise<void>((resolve) => {
      this.#emptied = resolve;
    });
  }
}

function closedError(): QuatrainError {
  return new QuatrainError("The server is shutting down: try again in a moment.", {
    code: "database_unavailable",
    status: 503,
  });
}
