import type { Span } from "../span.ts";
import type { ReportedNumber } from "./reported-number.ts";

export const TEST_KINDS = ["t", "F", "chi2", "r", "z", "Q"] as const;
export type TestKind = (typeof TEST_KINDS)[number];

/** How a p is stated: `p = `, `p < ` ... */
export type Relation = "=" | "<" | "≤" | ">" | "≥";

/** One significance test as a text reports it. */
export interface ReportedTest {
  readonly kind: TestKind;
  readonly statistic: ReportedNumber;
  /** One for t, chi2, r and Q, two for F, none for z. */
  readonly df: readonly number[];
  readonly relation: Relation;
  readonly p: ReportedNumber;
  /** The p as it is written: `p = ,036`, `n.s.`. */
  readonly writtenP: string;
  /** From the test's letter to the end of its p. */
  readonly span: Span;
}
