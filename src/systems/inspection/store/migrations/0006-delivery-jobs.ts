import { text } from "../../../../platform/db/schema/columns.ts";
import type { Migration } from "../../../../platform/db/schema/migrate.ts";

/** Which job sends a message: a message whose job is over does not wait any more. */
export const deliveryJobs: Migration = {
  id: "inspection/0006-delivery-jobs",
  async up(schema) {
    await schema.addColumn("inspection_deliveries", "job_id", text().nullable());
  },
};
