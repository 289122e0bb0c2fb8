import type { Facts } from "../../../algorithms/text/finding.ts";
import type { Language } from "../../../algorithms/text/language.ts";

/** One sentence or two for a reader who is no specialist: what was measured, and what it cannot show. */
export type Explain = (facts: Facts) => string;

/** The words of some rules in every language that the contract speaks. */
export type Explanations<Rule extends string> = Readonly<Record<Rule, Readonly<Record<Language, Explain>>>>;
