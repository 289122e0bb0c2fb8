import { integer, serial, text } from "../../../../platform/db/schema/columns.ts";
import type { Migration } from "../../../../platform/db/schema/migrate.ts";
import { ROI } from "./roi-columns.ts";

/** What is to be told to the webhook, before it is told. */
export const webhookDeliveries: Migration = {
  id: "inspection/0004-webhook-deliveries",
  async up(schema) {
    await schema.createTable("inspection_deliveries", {
      id: serial(),
      delivery_id: text().unique(),
      ...ROI,
      body: text(),
      state: text(),
      attempts: integer(),
      last_status: integer().nullable(),
      last_error: text().nullable(),
      created_at: integer(),
      ended_at: integer().nullable(),
    });
    await schema.createIndex("inspection_deliveries", ["state", "id"]);
  },
};
