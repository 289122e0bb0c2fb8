import { type Findings, quoted } from "./findings.ts";
import { nearestName } from "./nearest-name.ts";
import type { Settings } from "./settings.ts";
import type { TrainingConfig } from "./training-config.ts";

/** Most class names that a message lists. */
const MOST_LISTED = 10;
/** Most unknown classes that are named. */
const MOST_UNKNOWN = 5;

/**
 * @param classes of the dataset in the order of their ids; empty where they are not known: names are not checked then
 */
export function resolveClassWeights(
  { class_weights: wanted }: Settings,
  { classes, numClasses }: { readonly classes: readonly string[]; readonly numClasses: number },
  findings: Findings,
): TrainingConfig["classWeights"] {
  if (wanted === null || wanted === "none") return null;
  if (wanted === "balanced") return wanted;
  const field = "advanced_config.class_weights";
  const weights = Array.isArray(wanted) ? byOrder(wanted, classes) : wanted;
  const values = Object.values(weights);
  if (Array.isArray(wanted) && numClasses > 0 && wanted.length !== numClasses) {
    findings.refuse(
      field,
      `Input should have ${numClasses} weights, one for each class, not ${wanted.length}`,
    );
  } else if (classes.length > 0) {
    const known = new Set(classes);
    const unknown = Object.keys(weights).filter((name) => !known.has(name));
    for (const name of unknown.slice(0, MOST_UNKNOWN)) refuseUnknown(name, classes, findings);
    if (unknown.length > MOST_UNKNOWN)
      findings.refuse(
        field,
        `The dataset has ${unknown.length - MOST_UNKNOWN} more of these classes not either`,
      );
  }
  if (values.length === 0) findings.refuse(field, "Input should name at least one class");
  else if (values.every((weight) => weight === 0) && (numClasses === 0 || values.length >= numClasses))
    findings.refuse(field, "At least one weight should be above 0, or nothing is learnt");
  return weights;
}

function byOrder(list: readonly number[], classes: readonly string[]): Readonly<Record<string, number>> {
  return Object.fromEntries(list.map((weight, index) => [classes[index] ?? String(index), weight]));
}

function refuseUnknown(name: string, classes: readonly string[], findings: Findings): void {
  const near = nearestName(name, classes);
  const listed = classes.slice(0, MOST_LISTED).map(quoted).join(", ");
  const more = classes.length > MOST_LISTED ? ` and ${classes.length - MOST_LISTED} more` : "";
  findings.refuse(
    "advanced_config.class_weights",
    `The dataset has no class ${quoted(name)}${near === null ? "" : ` (did you mean ${quoted(near)}?)`}: ` +
      `it has ${listed}${more}`,
  );
}
