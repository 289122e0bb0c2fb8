import type { HiddenReason } from "./port.ts";

/** What decides whether letters are seen. Absent: not said here, but perhaps by a style. */
export interface Look {
  hidden?: boolean;
  white?: boolean;
  tiny?: boolean;
  /** Something darker than paper lies behind the letters. */
  backed?: boolean;
}

/** Why nobody sees letters of these looks, the nearest first; `dark` by what lies around them. */
export function hiddenReason(looks: readonly Look[], dark: boolean): HiddenReason | null {
  const said = (field: keyof Look) => looks.find((look) => look[field] !== undefined)?.[field] ?? false;
  if (said("hidden")) return "not_shown";
  if (said("tiny")) return "tiny";
  return said("white") && !dark && !said("backed") ? "white" : null;
}
