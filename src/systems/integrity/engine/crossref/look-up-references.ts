import {
  cacheKey,
  type LookUpCache,
  type LookUpOutcome,
  type ReferenceQuery,
  type ReferenceRegister,
  type Unverified,
  unverified,
} from "./reference-register.ts";

export interface DocumentLookUp {
  readonly cache?: LookUpCache;
  /** For the whole document. */
  readonly limitMs?: number;
  readonly signal?: AbortSignal;
}

/** References of one document that a register is asked for. */
export const MOST_LOOK_UPS = 100;
const LIMIT_MS = 120_000;

/** What another day may answer otherwise. */
const PASSING: ReadonlySet<Unverified> = new Set<Unverified>([
  "rate_limited",
  "timeout",
  "time_limit",
  "too_many",
  "unreachable",
  "register_error",
  "damaged_answer",
  "answer_too_large",
]);

/**
 * Looks the references of a document up, each once, within one limit of time: outcomes in the references' order. What the
 * limit or the register leaves open could not be verified.
 * @throws the signal's reason; what the cache throws
 */
export async function lookUpReferences(
  register: ReferenceRegister,
  references: readonly ReferenceQuery[],
  { cache, limitMs = LIMIT_MS, signal }: DocumentLookUp = {},
): Promise<LookUpOutcome[]> {
  const limit = AbortSignal.timeout(limitMs);
  const limits = {
    signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
    deadline: performance.now() + limitMs,
  };
  const lookUp = async (reference: ReferenceQuery): Promise<LookUpOutcome> => {
    try {
      return await register.lookUp(reference, limits);
    } catch (error) {
      signal?.throwIfAborted();
      if (limit.aborted) return unverified("time_limit");
      throw error;
    }
  };
  const asked = new Map<string, Promise<LookUpOutcome>>();
  return Promise.all(
    references.map((reference, index) => {
      if (index >= MOST_LOOK_UPS) return unverified("too_many");
      const key = cacheKey(reference);
      const known = asked.get(key) ?? throughCache(key, cache, () => lookUp(reference));
      asked.set(key, known);
      return known;
    }),
  );
}

async function throughCache(
  key: string,
  cache: LookUpCache | undefined,
  lookUp: () => Promise<LookUpOutcome>,
): Promise<LookUpOutcome> {
  const kept = (await cache?.get(key)) ?? null;
  if (kept !== null) return kept;
  const outcome = await lookUp();
  const passing = outcome.outcome === "could_not_verify" && PASSING.has(outcome.detail.reason);
  if (!passing) await cache?.put(key, outcome);
  return outcome;
}
