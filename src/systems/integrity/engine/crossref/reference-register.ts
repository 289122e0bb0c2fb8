import { createHash } from "node:crypto";
import { foldWord } from "../../../../algorithms/text/fold.ts";

/** What is known of a reference when a register is asked for it. */
export interface ReferenceQuery {
  readonly title: string | null;
  /** Surname, or the name of a body. */
  readonly firstAuthor: string | null;
  readonly year: number | null;
  readonly doi: string | null;
  /** The whole entry, so that one that was read wrongly is not taken for another work. It is not sent. */
  readonly entry?: string;
}

/**
 * Why a reference could not be verified. None of these says anything about the reference: registers do not hold every
 * book, journal and language, and networks fail.
 */
export type Unverified =
  | "not_found"
  | "too_little"
  | "title_differs"
  | "author_or_year_differs"
  | "rate_limited"
  | "timeout"
  | "time_limit"
  | "too_many"
  | "unreachable"
  | "register_error"
  | "damaged_answer"
  | "answer_too_large";

/** What the register has, as it writes it. */
export interface RegisteredWork {
  readonly doi: string;
  readonly title: string;
  readonly firstAuthor: string | null;
  readonly year: number | null;
}

/** `mismatch` only where the register holds an evidently different work under the DOI that the entry gives. */
export type LookUpOutcome =
  | {
      readonly outcome: "confirmed";
      readonly detail: { readonly by: "doi" | "title"; readonly work: RegisteredWork };
    }
  | { readonly outcome: "mismatch"; readonly detail: { readonly work: RegisteredWork } }
  | { readonly outcome: "could_not_verify"; readonly detail: { readonly reason: Unverified } };

export interface LookUpLimits {
  readonly signal?: AbortSignal;
  /** When waiting for the register ends, as `performance.now()` counts; without it no silence is waited out. */
  readonly deadline?: number;
}

/** Where published works are registered. */
export interface ReferenceRegister {
  /**
   * Never fails because of what the register does.
   * @throws the signal's reason
   */
  lookUp(reference: ReferenceQuery, limits?: LookUpLimits): Promise<LookUpOutcome>;
}

/** Keeps what a register said, so that it is not asked twice. */
export interface LookUpCache {
  get(key: string): Promise<LookUpOutcome | null>;
  put(key: string, outcome: LookUpOutcome): Promise<void>;
}

/** The same for references that differ only in case, accents, punctuation and spaces. */
export function cacheKey({ title, firstAuthor, year, doi }: ReferenceQuery): string {
  const plain = [title, firstAuthor].map(
    (text) =>
      foldWord(text ?? "")
        .match(/[\p{L}\p{N}]+/gu)
        ?.join(" ") ?? "",
  );
  return createHash("sha256")
    .update(JSON.stringify([doi?.toLowerCase() ?? "", ...plain, year]))
    .digest("hex");
}

export const unverified = (reason: Unverified): LookUpOutcome => ({
  outcome: "could_not_verify",
  detail: { reason },
});
