import type { Database } from "../../../platform/db/database.ts";
import type { InspectionTables } from "./tables.ts";

/** What there is of one ROI: its pictures, its memory, its threshold. */
export interface RoiSummary {
  readonly recipeId: string;
  readonly roleId: string;
  readonly roiId: string;
  /** The ROI's id where it has pictures only. */
  readonly modelKey: string;
  readonly okCount: number;
  readonly ngCount: number;
  /** The memory in use; null before the first fit. */
  readonly version: number | null;
  readonly engineId: string | null;
  readonly threshold: number | null;
}

/** Every ROI that has pictures, a memory or a threshold, by recipe, role and ROI. At most `limit`. */
export async function listRois(
  database: Database<InspectionTables>,
  limit: number,
): Promise<readonly RoiSummary[]> {
  const { reader } = database;
  const [models, calibrations, pictures] = await Promise.all([
    reader
      .selectFrom("inspection_active_models as active")
      .innerJoin("inspection_models as model", "model.id", "active.model_id")
      .select([
        "active.recipe_id",
        "active.role_id",
        "active.roi_id",
        "active.model_key",
        "model.version",
        "model.engine_id",
      ])
      .orderBy("active.recipe_id")
      .limit(limit)
      .execute(),
    reader
      .selectFrom("inspection_calibrations")
      .select(["recipe_id", "role_id", "roi_id", "model_key", "threshold"])
      .orderBy("recipe_id")
      .limit(limit)
      .execute(),
    reader
      .selectFrom("inspection_pictures")
      .select(({ fn }) => ["recipe_id", "role_id", "roi_id", "label", fn.countAll<number>().as("count")])
      .where("pending", "=", 0)
      .groupBy(["recipe_id", "role_id", "roi_id", "label"])
      .orderBy("recipe_id")
      .limit(2 * limit)
      .execute(),
  ]);
  const found = new Map<string, RoiSummary>();
  const put = (row: Place & { model_key: string }, facts: Partial<RoiSummary>) => {
    const key = JSON.stringify([row.recipe_id, row.role_id, row.roi_id, row.model_key]);
    found.set(key, { ...(found.get(key) ?? empty(row)), ...facts });
  };
  for (const row of models) put(row, { version: row.version, engineId: row.engine_id });
  for (const row of calibrations) put(row, { threshold: row.threshold });
  for (const row of pictures) {
    const counted = row.label === "ok" ? { okCount: Number(row.count) } : { ngCount: Number(row.count) };
    const keys = keysOf([...models, ...calibrations], row);
    // pictures belong to the place, whatever models are made of them
    for (const model_key of keys.length > 0 ? keys : [row.roi_id]) put({ ...row, model_key }, counted);
  }
  return [...found.values()].sort(byPlace).slice(0, limit);
}

interface Place {
  readonly recipe_id: string;
  readonly role_id: string;
  readonly roi_id: string;
}

function keysOf(rows: readonly (Place & { readonly model_key: string })[], place: Place): string[] {
  const same = rows.filter(
    (row) =>
      row.recipe_id === place.recipe_id && row.role_id === place.role_id && row.roi_id === place.roi_id,
  );
  return [...new Set(same.map(({ model_key }) => model_key))];
}

function empty(row: Place & { readonly model_key: string }): RoiSummary {
  return {
    recipeId: row.recipe_id,
    roleId: row.role_id,
    roiId: row.roi_id,
    modelKey: row.model_key,
    okCount: 0,
    ngCount: 0,
    version: null,
    engineId: null,
    threshold: null,
  };
}

function byPlace(one: RoiSummary, other: RoiSummary): number {
  return (
    one.recipeId.localeCompare(other.recipeId) ||
    one.roleId.localeCompare(other.roleId) ||
    one.roiId.localeCompare(other.roiId) ||
    one.modelKey.localeCompare(other.modelKey)
  );
}
