import type { Transaction } from "kysely";
import { requireLockedScale } from "../mm-per-px.ts";
import type { InspectionTables } from "./tables.ts";

/**
 * Locks the recipe's scale unless it is locked already.
 * @throws QuatrainError `mm_per_px_mismatch` (409) when it is locked to another value
 */
export async function lockMmPerPx(
  tx: Transaction<InspectionTables>,
  recipeId: string,
  mmPerPx: number,
  now: number,
): Promise<void> {
  await tx
    .insertInto("inspection_recipes")
    .values({ recipe_id: recipeId, mm_per_px: mmPerPx, locked_at: now })
    .onConflict((conflict) => conflict.column("recipe_id").doNothing())
    .execute();
  const { mm_per_px: locked } = await tx
    .selectFrom("inspection_recipes")
    .select("mm_per_px")
    .where("recipe_id", "=", recipeId)
    .executeTakeFirstOrThrow();
  requireLockedScale(recipeId, locked, mmPerPx);
}
