import { blob, integer, text } from "../../../../platform/db/schema/columns.ts";
import type { Migration } from "../../../../platform/db/schema/migrate.ts";
import { ROI, ROI_KEY } from "./roi-columns.ts";

/** What good pictures are like, per memory; and what a ROI does with pictures that are not. */
export const qualityMigration: Migration = {
  id: "inspection/0003-quality",
  async up(schema) {
    await schema.createTable("inspection_quality", {
      model_id: integer().primaryKey().references("inspection_models", "id", "cascade"),
      reference: text(),
      thumbnail: blob().nullable(),
    });
    await schema.createTable(
      "inspection_quality_gates",
      {
        ...ROI,
        on_poor: text(),
        operator_id: text().nullable(),
        updated_at: integer(),
      },
      { primaryKey: ROI_KEY },
    );
  },
};
