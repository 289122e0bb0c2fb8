import type { Migration } from "../../../../platform/db/schema/migrate.ts";
import { recipesModelsDatasets } from "./0001-recipes-models-datasets.ts";
import { versionsCalibrationsAudit } from "./0002-versions-calibrations-audit.ts";
import { qualityMigration } from "./0003-quality.ts";
import { webhookDeliveries } from "./0004-webhook-deliveries.ts";
import { scoresMigration } from "./0005-scores.ts";
import { deliveryJobs } from "./0006-delivery-jobs.ts";

/** Every change of the schema in order; each in a file of its own, never edited once released. */
export const inspectionMigrations: readonly Migration[] = [
  recipesModelsDatasets,
  versionsCalibrationsAudit,
  qualityMigration,
  webhookDeliveries,
  scoresMigration,
  deliveryJobs,
];
