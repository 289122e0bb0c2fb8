import { sql } from "kysely";
import { integer, real, serial, text } from "../../../../platform/db/schema/columns.ts";
import type { Migration } from "../../../../platform/db/schema/migrate.ts";
import { ROI, ROI_KEY } from "./roi-columns.ts";

export const versionsCalibrationsAudit: Migration = {
  id: "inspection/0002-versions-calibrations-audit",
  async up(schema) {
    await schema.addColumn("inspection_models", "settings", text().nullable());
    await schema.addColumn("inspection_models", "origin", text().default("fit"));
    await schema.addColumn("inspection_models", "origin_hash", text().nullable());
    await schema.createTable(
      "inspection_active_models",
      { ...ROI, model_id: integer(), last_version: integer() },
      { primaryKey: ROI_KEY },
    );
    await schema.run(sql`
      insert into inspection_active_models (recipe_id, model_key, role_id, roi_id, model_id, last_version)
      select m.recipe_id, m.model_key, m.role_id, m.roi_id, m.id, m.version from inspection_models m
      where m.version = (
        select max(o.version) from inspection_models o
        where o.recipe_id = m.recipe_id and o.model_key = m.model_key
          and o.role_id = m.role_id and o.roi_id = m.roi_id
      )`);
    await schema.addColumn("inspection_calibrations", "model_id", integer().nullable());
    await schema.addColumn("inspection_calibrations", "run_id", integer().nullable());
    await schema.createTable("inspection_calibration_runs", {
      id: serial(),
      ...ROI,
      origin: text(),
      model_id: integer().nullable(),
      model_version: integer().nullable(),
      threshold: real(),
      computed_threshold: real(),
      ok_mean: real(),
      ng_mean: real(),
      ok_percentile: real(),
      ng_percentile_5: real().nullable(),
      mm_per_px: real(),
      area_mm2_threshold: real(),
      score_percentile: real(),
      ok_count: integer(),
      ng_count: integer(),
      scores: text().nullable(),
      operator_id: text().nullable(),
      created_at: integer(),
    });
    await schema.createIndex("inspection_calibration_runs", [...ROI_KEY, "id"]);
    await schema.createTable("inspection_threshold_changes", {
      id: serial(),
      ...ROI,
      reason: text(),
      model_version: integer().nullable(),
      run_id: integer().nullable(),
      from_threshold: real().nullable(),
      to_threshold: real(),
      operator_id: text().nullable(),
      actor: text(),
      note: text().nullable(),
      created_at: integer(),
    });
    await schema.createIndex("inspection_threshold_changes", [...ROI_KEY, "id"]);
    await schema.createTable("inspection_audit", {
      id: serial(),
      created_at: integer(),
      action: text(),
      operator_id: text().nullable(),
      actor: text(),
      recipe_id: text().nullable(),
      model_key: text().nullable(),
      role_id: text().nullable(),
      roi_id: text().nullable(),
      model_version: integer().nullable(),
      details: text(),
      request_id: text().nullable(),
    });
    await schema.createIndex("inspection_audit", ["created_at"]);
    await schema.createIndex("inspection_audit", ["recipe_id", "role_id", "roi_id", "id"]);
  },
};
