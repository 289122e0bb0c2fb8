import type { Severity } from "../../algorithms/text/finding.ts";
import type { Evidence, FindingDimension, RuleName } from "../../contracts/integrity/index.ts";

interface RuleFacts {
  /** Where it is shown. */
  readonly dimension: FindingDimension;
  /** The observation that it speaks for; null for rules that enter no score. */
  readonly evidence: Evidence | null;
}

const SHOWN_ONLY = (dimension: FindingDimension): RuleFacts => ({ dimension, evidence: null });
const REFERENCES: RuleFacts = { dimension: "referencias", evidence: "referencias_raras" };
const DATA: RuleFacts = { dimension: "referencias", evidence: "datos_inconsistentes" };
const STYLE: RuleFacts = { dimension: "autoría", evidence: "estilo_diferente" };

/**
 * What each rule belongs to. `document.metadata` names its observation itself: `evidenceOf`.
 * Source: spec/integrity.md section 3, "Mapping".
 */
export const RULE_FACTS: Readonly<Record<RuleName, RuleFacts>> = {
  "similarity.passage": SHOWN_ONLY("similitud"),
  "style.change": STYLE,
  "machine_text.likelihood": STYLE,
  "references.uncited": REFERENCES,
  "references.missing_entry": REFERENCES,
  "references.future_year": REFERENCES,
  "references.malformed_doi": REFERENCES,
  "references.duplicate": REFERENCES,
  "references.mixed_style": REFERENCES,
  "references.missing_field": REFERENCES,
  "references.unconfirmed": REFERENCES,
  "statistics.p_value": DATA,
  "statistics.grim": DATA,
  "statistics.percentage": DATA,
  "statistics.sum": DATA,
  "phrases.tortured": SHOWN_ONLY("autoría"),
  "phrases.model_leftover": SHOWN_ONLY("autoría"),
  "characters.homoglyph": SHOWN_ONLY("presentación"),
  "characters.invisible": SHOWN_ONLY("presentación"),
  "characters.bidi": SHOWN_ONLY("presentación"),
  "document.hidden_text": SHOWN_ONLY("presentación"),
  "document.metadata": { dimension: "tiempo", evidence: "tiempo_sospechoso" },
  "images.duplicate": { dimension: "presentación", evidence: "imagenes_sospechosas" },
};

/**
 * How strongly one finding speaks for its observation, 0..1. Chosen, not estimated: no collection of cases with known
 * outcomes exists. Low findings alone stay under what would be suggested; many weak ones do not add up to certainty.
 */
export const STRENGTH: Readonly<Record<Severity, number>> = { low: 0.08, medium: 0.25, high: 0.5 };

/** Findings of one rule beyond this number add nothing. */
export const COUNTED_PER_RULE = 3;

/** Most that what was measured can say for one observation; the rest is a person's. */
export const MOST_PER_EVIDENCE = 0.75;

/** From this strength on an observation is suggested. */
export const SUGGESTED_FROM = 0.25;
