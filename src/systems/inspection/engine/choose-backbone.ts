import { userError } from "../../../platform/errors/quatrain-error.ts";
import type { Backbone, Detail } from "./port.ts";

/** The wish for the first backbone that is installed. */
export const AUTO = "auto";

/**
 * The backbone of a new memory.
 * @param wanted an id, or `auto`
 * @throws QuatrainError `backbone_unknown`, `weights_missing`, `detail_unsupported` (400)
 */
export function chooseBackbone(backbones: readonly Backbone[], wanted: string, detail: Detail = 1): Backbone {
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
      `The backbone ${chosen.id} has no weights here: fetch them with quatrain models pull ${chosen.id.replace(/-int8$/, "")}`,
    );
  if (detail > chosen.finestDetail)
    throw userError(
      "detail_unsupported",
      400,
      `The backbone ${chosen.id} looks at pictures in one way only (detail=1): choose fb98 or fb98-fast for detail=${detail}, or send smaller crops`,
    );
  return chosen;
}
