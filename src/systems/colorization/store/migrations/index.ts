import { integer, serial, text } from "../../../../platform/db/schema/columns.ts";
import type { Migration } from "../../../../platform/db/schema/migrate.ts";

const jobs: Migration = {
  id: "colorization/0001-jobs",
  async up(schema) {
    await schema.createTable("colorization_jobs", {
      sequence: serial(),
      id: text().unique(),
      kind: text(),
      chapter_id: text(),
      status: text(),
      request: text(),
      engine: text(),
      error: text().nullable(),
      total_pages: integer(),
      pass1_done: integer(),
      pass2_done: integer(),
      planned: integer(),
      ticket: text().nullable(),
      idempotency_key: text().nullable().unique(),
      body_hash: text().nullable(),
      client_id: text().nullable(),
      created_at: integer(),
      updated_at: integer(),
      finished_at: integer().nullable(),
    });
    await schema.createIndex("colorization_jobs", ["chapter_id", "sequence desc"]);
    await schema.createIndex("colorization_jobs", ["client_id", "sequence desc"]);
    await schema.createTable(
      "colorization_pages",
      {
        job_id: text(),
        page_num: integer(),
        source: text(),
        input_key: text(),
        pass1_done: integer(),
        pass2_done: integer(),
        skipped: integer(),
        error: text().nullable(),
        facts: text(),
      },
      { primaryKey: ["job_id", "page_num"], clustered: true },
    );
    await schema.createTable("colorization_uploads", {
      id: text().primaryKey(),
      kind: text(),
      files: text(),
      bytes: integer(),
      created_at: integer(),
    });
    await schema.createTable("colorization_palettes", {
      chapter_id: text().primaryKey(),
      exemplars: text(),
      updated_at: integer(),
    });
  },
};

const parts: Migration = {
  id: "colorization/0002-parts",
  async up(schema) {
    await schema.createTable(
      "colorization_parts",
      {
        scope: text(),
        name: text(),
        label: text(),
        position: integer(),
        colour: text(),
        locked: integer(),
        instead: text().nullable(),
        places: text(),
        descriptors: text(),
        updated_at: integer(),
      },
      { primaryKey: ["scope", "name", "label"] },
    );
  },
};

/** Colorization's tables; append, never change. */
export const colorizationMigrations: readonly Migration[] = [jobs, parts];
