import { userError } from "../errors/quatrain-error.ts";
import type { Clock } from "../ports.ts";

const MAX_ATTEMPTS = 5;
const WINDOW_MS = 60_000;
/** Names are the caller's to choose: the oldest are forgotten first. */
const MAX_REMEMBERED = 10_000;

/** At most five failed sign-ins a minute per address and name, in this process. */
export class LoginLimiter {
  readonly #clock: Clock;
  readonly #attempts = new Map<string, { count: number; readonly endsAt: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Counts an attempt before it is tried, so that many at once gain nothing.
   * @returns what to call when it succeeded
   * @throws QuatrainError `too_many_attempts` (429)
   */
  begin(address: string, name: string): () => void {
    const key = `${address} ${name}`;
    const now = this.#clock.now();
    const known = this.#attempts.get(key);
    const attempts =
      known !== undefined && now < known.endsAt ? known : { count: 0, endsAt: now + WINDOW_MS };
    if (attempts.count >= MAX_ATTEMPTS) throw tooMany(attempts.endsAt - now);
    attempts.count++;
    this.#remember(key, attempts);
    return () => this.#attempts.delete(key);
  }

  #remember(key: string, attempts: { count: number; readonly endsAt: number }): void {
    this.#attempts.delete(key);
    this.#attempts.set(key, attempts);
    if (this.#attempts.size <= MAX_REMEMBERED) return;
    const [oldest] = this.#attempts.keys();
    if (oldest !== undefined) this.#attempts.delete(oldest);
  }
}

function tooMany(waitMs: number) {
  const retryAfterS = Math.ceil(waitMs / 1_000);
  return userError(
    "too_many_attempts",
    429,
    `Too many failed attempts to sign in: try again in ${retryAfterS} seconds`,
    { retryAfterS },
  );
}
