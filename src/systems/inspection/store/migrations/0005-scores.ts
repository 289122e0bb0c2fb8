import { integer, real, serial } from "../../../../platform/db/schema/columns.ts";
import type { Migration } from "../../../../platform/db/schema/migrate.ts";
import { ROI, ROI_KEY } from "./roi-columns.ts";

/** The newest scores of each ROI, to see drift in. */
export const scoresMigration: Migration = {
  id: "inspection/0005-scores",
  async up(schema) {
    await schema.createTable("inspection_scores", {
      id: serial(),
      ...ROI,
      model_id: integer(),
      score: real(),
      created_at: integer(),
    });
    await schema.createIndex("inspection_scores", [...ROI_KEY, "id"]);
  },
};
