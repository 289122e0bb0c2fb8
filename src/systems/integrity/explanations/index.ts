import type { Facts } from "../../../algorithms/text/finding.ts";
import type { Language } from "../../../algorithms/text/language.ts";
import type { RuleName } from "../../../contracts/integrity/index.ts";
import { characterExplanations } from "./characters.ts";
import { documentExplanations } from "./documents.ts";
import type { Explanations } from "./explanation.ts";
import { machineTextExplanations } from "./machine-text.ts";
import { phraseExplanations } from "./phrases.ts";
import { referenceExplanations } from "./references.ts";
import { similarityExplanations } from "./similarity.ts";
import { statisticsExplanations } from "./statistics.ts";
import { styleExplanations } from "./style.ts";

const EXPLANATIONS: Explanations<RuleName> = {
  ...similarityExplanations,
  ...styleExplanations,
  ...referenceExplanations,
  ...statisticsExplanations,
  ...phraseExplanations,
  ...characterExplanations,
  ...documentExplanations,
  ...machineTextExplanations,
};

/** What a finding means, in a reader's words. */
export function explain(
  { rule, facts }: { readonly rule: RuleName; readonly facts: Facts },
  language: Language,
): string {
  return EXPLANATIONS[rule][language](facts);
}
