import { integer, real, serial, text } from "../../../../platform/db/schema/columns.ts";
import type { Migration } from "../../../../platform/db/schema/migrate.ts";
import { ROI, ROI_KEY } from "./roi-columns.ts";

export const recipesModelsDatasets: Migration = {
  id: "inspection/0001-recipes-models-datasets",
  async up(schema) {
    await schema.createTable("inspection_recipes", {
      recipe_id: text().primaryKey(),
      mm_per_px: real(),
      locked_at: integer(),
    });
    await schema.createTable(
      "inspection_models",
      {
        id: serial(),
        ...ROI,
        version: integer(),
        engine_id: text(),
        file_key: text(),
        embedding_count: integer(),
        coreset_size: integer(),
        token_height: integer(),
        token_width: integer(),
        coreset_rate: real(),
        sources: text(),
        mm_per_px: real(),
        operator_id: text().nullable(),
        created_at: integer(),
      },
      { unique: [[...ROI_KEY, "version"]] },
    );
    await schema.createTable(
      "inspection_calibrations",
      {
        ...ROI,
        threshold: real(),
        ok_mean: real(),
        ng_mean: real(),
        ok_percentile: real(),
        ng_percentile_5: real().nullable(),
        mm_per_px: real(),
        area_mm2_threshold: real(),
        score_percentile: real(),
        created_at: integer(),
      },
      { primaryKey: ROI_KEY },
    );
    await schema.createTable(
      "inspection_pictures",
      {
        id: serial(),
        recipe_id: text(),
        role_id: text(),
        roi_id: text(),
        label: text(),
        filename: text(),
        content_hash: text(),
        bytes: integer(),
        has_sidecar: integer(),
        pending: integer(),
        created_at: integer(),
      },
      { unique: [["recipe_id", "role_id", "roi_id", "label", "filename"]] },
    );
    await schema.createTable(
      "inspection_fit_leases",
      { ...ROI, owner: text(), job_id: text().nullable(), expires_at: integer() },
      { primaryKey: ROI_KEY },
    );
  },
};
