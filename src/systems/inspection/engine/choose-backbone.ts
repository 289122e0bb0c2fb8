import { userError } from "../../../platform/errors/quatrain-error.ts";
import type { Backbone } from "./port.ts";

/** The wish for the first backbone that is installed. */
export const AUTO = "auto";

/**
 * The backbone of a new memory.
 * @param wanted an id, or `auto`
 * @throws QuatrainError `backbone_unknown`, `weights_missing` (400)
 */
export function chooseBackbone(backbones: readonly Backbone[], wanted: string): Backbone {
  const chosen = backbones.find(({ id, isInstalled }) => (wanted === AUTO ? isInstalled : id === wanted));
  if (chosen === undefined)
    throw userError(
      "backbone_unknown",
      400,
      `There is no backbone "${wanted}": choose ${AUTO} or one of ${backbones.map(({ id }) => id).join(", ")}`,
    );
  if (!chosen.isInstalled)
    throw userError(
      "weights_missing",
      400,
      `The backbone ${chosen.id} has no weights here: fetch them with quatrain models pull ${chosen.id}`,
    );
  return chosen;
}
