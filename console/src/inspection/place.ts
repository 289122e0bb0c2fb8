/** Which region of which part, in the words of the address. */
export interface RoiSearch {
  readonly recipe: string;
  readonly role: string;
  readonly roi: string;
  /** Absent: the region's own key. */
  readonly model?: string;
}

/** The same in the contract's words. */
export interface RoiPlace {
  readonly recipe_id: string;
  readonly role_id: string;
  readonly roi_id: string;
  readonly model_key?: string;
}

/** What stands in an address, whatever somebody typed there. */
export function placeOf(search: Record<string, unknown>): RoiSearch {
  const text = (name: string) => (search[name] === undefined ? "" : String(search[name]));
  const model = text("model");
  return {
    recipe: text("recipe") || "default",
    role: text("role"),
    roi: text("roi"),
    ...(model === "" ? {} : { model }),
  };
}

export function inContract({ recipe, role, roi, model }: RoiSearch): RoiPlace {
  return {
    recipe_id: recipe,
    role_id: role,
    roi_id: roi,
    ...(model === undefined ? {} : { model_key: model }),
  };
}
