import { sql } from "kysely";
import { blob, integer, serial, text } from "../../../../platform/db/schema/columns.ts";
import type { Migration } from "../../../../platform/db/schema/migrate.ts";
import { GENESIS } from "../../audit-chain.ts";

const NEWEST_FIRST = ["analyzed_at desc", "id desc"];

const cases: Migration = {
  id: "integrity/0001-cases",
  async up(schema) {
    await schema.createTable("integrity_cases", {
      id: text().primaryKey(),
      analyzed_at: integer(),
      day: text(),
      week: text(),
      month: text(),
      title: text().nullable(),
      author: text().nullable(),
      author_key: text().nullable(),
      role: text(),
      product: text(),
      score: integer(),
      level: text(),
      confidence: integer(),
      evidence: integer(),
      verdict: text(),
      text_length: integer(),
      review_state: text(),
      file: text().nullable(),
      imported: integer(),
    });
    await schema.createIndex("integrity_cases", NEWEST_FIRST);
    for (const column of ["level", "role", "author_key", "review_state"]) {
      await schema.createIndex("integrity_cases", [column, ...NEWEST_FIRST]);
    }
    await schema.createTable("integrity_measurements", {
      case_id: text().primaryKey(),
      body: blob(),
      exclusions: text(),
      revision: integer(),
      evaluated_at: integer(),
    });
    await schema.createTable(
      "integrity_case_words",
      { word: text(), case_id: text() },
      { primaryKey: ["word", "case_id"], clustered: true },
    );
    await schema.createIndex("integrity_case_words", ["case_id"]);
    const group = { role: text(), product: text(), level: text() };
    await schema.createTable(
      "integrity_tallies",
      {
        day: text(),
        week: text(),
        month: text(),
        ...group,
        cases: integer(),
        score_sum: integer(),
        confidence_sum: integer(),
      },
      { primaryKey: ["day", ...Object.keys(group)], clustered: true },
    );
    await schema.createTable("integrity_evidence_tallies", {
      evidence: text().primaryKey(),
      cases: integer(),
    });
    await schema.createTable("integrity_reviews", {
      id: serial(),
      case_id: text(),
      kind: text(),
      decision: text().nullable(),
      notes: text(),
      by_id: text(),
      by_name: text(),
      created_at: integer(),
    });
    await schema.createIndex("integrity_reviews", ["case_id", "id"]);
  },
};

const similarity: Migration = {
  id: "integrity/0002-similarity",
  async up(schema) {
    await schema.createTable("integrity_documents", {
      id: serial(),
      kind: text(),
      owner_id: text(),
      author_key: text().nullable(),
      words: integer(),
      fingerprints: blob(),
      keys: blob(),
      text: blob().nullable(),
    });
    await schema.createIndex("integrity_documents", ["owner_id"], { unique: true });
    await schema.createTable(
      "integrity_postings",
      { hash: integer(), document: integer() },
      { primaryKey: ["hash", "document"], clustered: true },
    );
    await schema.createTable("integrity_common_hashes", { hash: integer().primaryKey(), since: integer() });
    await schema.createTable(
      "integrity_pairs",
      { case_id: text(), document: integer(), matched_words: integer(), share: integer() },
      { primaryKey: ["case_id", "document"], clustered: true },
    );
    await schema.createIndex("integrity_pairs", ["document"]);
    await schema.createTable("integrity_sources", {
      id: text().primaryKey(),
      kind: text(),
      title: text().nullable(),
      author: text().nullable(),
      url: text().nullable(),
      text_length: integer(),
      created_at: integer(),
    });
    await schema.createIndex("integrity_sources", ["created_at desc", "id desc"]);
    await schema.createIndex("integrity_sources", ["kind", "created_at desc"]);
    await schema.createTable("integrity_images", {
      id: serial(),
      case_id: text(),
      sha256: text(),
      phash: text().nullable(),
      quarter_0: integer().nullable(),
      quarter_1: integer().nullable(),
      quarter_2: integer().nullable(),
      quarter_3: integer().nullable(),
    });
    for (const column of ["case_id", "sha256", "quarter_0", "quarter_1", "quarter_2", "quarter_3"]) {
      await schema.createIndex("integrity_images", [column]);
    }
    await schema.createTable("integrity_lookups", {
      key: text().primaryKey(),
      outcome: text(),
      checked_at: integer(),
    });
  },
};

const batches: Migration = {
  id: "integrity/0003-batches",
  async up(schema) {
    await schema.createTable("integrity_batches", {
      id: text().primaryKey(),
      job_id: text(),
      idempotency_key: text().nullable().unique(),
      body_hash: text(),
      total: integer(),
      created_at: integer(),
    });
    await schema.createTable(
      "integrity_batch_items",
      {
        batch_id: text(),
        position: integer(),
        state: text(),
        begun: integer(),
        submission: blob().nullable(),
        case_id: text().nullable(),
        error: text().nullable(),
        code: text().nullable(),
      },
      { primaryKey: ["batch_id", "position"] },
    );
  },
};

const audit: Migration = {
  id: "integrity/0004-audit",
  async up(schema) {
    await schema.createTable("integrity_audit", {
      seq: integer().primaryKey(),
      created_at: integer(),
      actor: text(),
      action: text(),
      subject: text(),
      details: text(),
      previous: text(),
      hash: text(),
    });
    await schema.createIndex("integrity_audit", ["subject", "seq"]);
    await schema.createTable("integrity_audit_head", {
      id: integer().primaryKey(),
      seq: integer(),
      hash: text(),
    });
    await schema.run(sql`insert into integrity_audit_head (id, seq, hash) values (1, 0, ${GENESIS})`);
  },
};

export const integrityMigrations: readonly Migration[] = [cases, similarity, batches, audit];
