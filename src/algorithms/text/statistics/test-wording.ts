/** Words that say that some test had one side. */
const ONE_SIDED =
  /\b(?:(?:one|1|single)[\s-](?:tail(?:ed)?|side(?:d)?)|directional (?:test|hypothes)|unilateral|unicaudal|monocaudal|una? (?:sola )?(?:cola|cauda|lado)|1 cola)/iu;

export function saysOneSided(text: string): boolean {
  return ONE_SIDED.test(text);
}

/** Corrections after which a p is larger than its statistic alone yields. */
const CORRECTED =
  /bonferroni|\bholm\b|[sš]id[aá]k|tukey|scheff[eé]|dunn|benjamini|\bfdr\b|\bfwe\b|greenhouse|huynh|corre[cg]{1,2}t?id[ao]|corrected|correction|corrección|correção|adjusted|ajustad[ao]|permuta|bootstrap|monte ?carlo|yates|\bexact[ao]?s?\b|esfericidad|sphericity/iu;

/** Correlations whose p follows from more than r and the sample. */
const OTHER_CORRELATION = /spearman|kendall|\brho\b|parcial|partial|semipartial|intraclas|polychor|policor/iu;

/** How far around a test such words count, in UTF-16 units. */
const NEAR = 400;

export function saysCorrected(text: string, { start, end }: { start: number; end: number }): boolean {
  return CORRECTED.test(text.slice(Math.max(0, start - NEAR), end + NEAR));
}

export function saysOtherCorrelation(text: string, { start, end }: { start: number; end: number }): boolean {
  return OTHER_CORRELATION.test(text.slice(Math.max(0, start - NEAR), end + NEAR));
}
