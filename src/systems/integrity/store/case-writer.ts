import type { Transaction } from "kysely";
import { findWords } from "../../../algorithms/text/words.ts";
import type { Database } from "../../../platform/db/database.ts";
import { userError } from "../../../platform/errors/quatrain-error.ts";
import type { AuditEvent } from "../audit-chain.ts";
import type { CaseRecord } from "../case-record.ts";
import type { ExclusionChoice, Measurement } from "../measurement.ts";
import { appendAudit } from "./append-audit.ts";
import { toCaseRecord, toCaseRow } from "./case-rows.ts";
import { addDocument, markCommon, type NewDocument, removeDocument } from "./document-writer.ts";
import { addImages, type NewImage } from "./image-store.ts";
import { packJson } from "./packed.ts";
import type { IntegrityTables } from "./tables.ts";
import { tallyCase } from "./tally-case.ts";

/** Title and author are searched by their first words. */
const MOST_WORDS = 40;

/** What was measured in a text. */
export interface NewMeasurement {
  readonly measurement: Measurement;
  /** Hashes that were found to be everybody's. */
  readonly newlyCommon: readonly number[];
}

/** Something else that is written in the same transaction. */
export type AlsoWritten = (tx: Transaction<IntegrityTables>) => Promise<void>;

export interface NewCase extends NewMeasurement {
  readonly record: CaseRecord;
  readonly document: NewDocument;
  /** Hashes that are everybody's: known before, or found now. */
  readonly common: ReadonlySet<number>;
  readonly images: readonly NewImage[];
}

/** Everything that integrity writes about cases; each method is one transaction, durable when it resolves. */
export class CaseWriter {
  readonly #database: Database<IntegrityTables>;
  readonly #timeZone: string;

  constructor(database: Database<IntegrityTables>, timeZone: string) {
    this.#database = database;
    this.#timeZone = timeZone;
  }

  /** `also` runs in the same transaction, after the case is written. */
  async addCase(added: NewCase, event: AuditEvent, also?: AlsoWritten): Promise<void> {
    const { record } = added;
    await this.#database.transaction(async (tx) => {
      await this.#insertRecord(tx, record);
      await addDocument(tx, added.document, added.common);
      await markCommon(tx, added.newlyCommon, record.analyzedAt);
      await insertMeasurement(tx, record.id, added.measurement);
      await addImages(tx, record.id, added.images);
      await appendAudit(tx, event, record.analyzedAt);
      await also?.(tx);
    });
  }

  /** Cases of an older server, without a text. Those whose id is known are left alone. @returns how many are new */
  async importCases(records: readonly CaseRecord[], actor: string, now: number): Promise<number> {
    return this.#database.transaction(async (tx) => {
      let imported = 0;
      for (const record of records) {
        const known = await tx
          .selectFrom("integrity_cases")
          .select("id")
          .where("id", "=", record.id)
          .executeTakeFirst();
        if (known !== undefined) continue;
        await this.#insertRecord(tx, record);
        const event = {
          actor,
          action: "case.imported",
          subject: record.id,
          details: { score: record.overall },
        };
        await appendAudit(tx, event, now);
        imported++;
      }
      return imported;
    });
  }

  /**
   * Replaces what was measured in a case, unless another evaluation was faster.
   * @param revision the revision that the new measurement began from
   * @returns false when it was overtaken, or the case is gone
   */
  async replaceMeasurement(
    caseId: string,
    revision: number,
    replaced: NewMeasurement,
    event: AuditEvent,
  ): Promise<boolean> {
    const { measurement } = replaced;
    return this.#database.transaction(async (tx) => {
      const { numUpdatedRows } = await tx
        .updateTable("integrity_measurements")
        .set({
          body: packJson(measurement),
          revision: revision + 1,
          evaluated_at: measurement.evaluatedAt,
        })
        .where("case_id", "=", caseId)
        .where("revision", "=", revision)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) return false;
      await markCommon(tx, replaced.newlyCommon, measurement.evaluatedAt);
      await replacePairs(tx, caseId, measurement);
      await appendAudit(tx, event, measurement.evaluatedAt);
      return true;
    });
  }

  /**
   * Notes other exclusions for the next evaluation; what is not named stays as it was wished before.
   * @returns the choice that holds now; null when nothing was measured in the case
   */
  async wishExclusions(
    tx: Transaction<IntegrityTables>,
    caseId: string,
    wished: Partial<ExclusionChoice>,
  ): Promise<ExclusionChoice | null> {
    const row = await tx
      .selectFrom("integrity_measurements")
      .select("exclusions")
      .where("case_id", "=", caseId)
      .forUpdate()
      .executeTakeFirst();
    if (row === undefined) return null;
    const exclusions = { ...(JSON.parse(row.exclusions) as ExclusionChoice), ...wished };
    await tx
      .updateTable("integrity_measurements")
      .set({ exclusions: JSON.stringify(exclusions) })
      .where("case_id", "=", caseId)
      .execute();
    return exclusions;
  }

  /**
   * Deletes a case as if it had never been, but for its entries in the audit.
   * @returns the case as it was; null when there is none
   */
  async deleteCase(caseId: string, event: AuditEvent, now: number): Promise<CaseRecord | null> {
    return this.#database.transaction(async (tx) => {
      const row = await tx
        .selectFrom("integrity_cases")
        .selectAll()
        .where("id", "=", caseId)
        .forUpdate()
        .executeTakeFirst();
      if (row === undefined) return null;
      const record = toCaseRecord(row);
      await removeContent(tx, caseId);
      for (const table of ["integrity_reviews", "integrity_case_words"] as const) {
        await tx.deleteFrom(table).where("case_id", "=", caseId).execute();
      }
      await tx
        .updateTable("integrity_batch_items")
        .set({ case_id: null })
        .where("case_id", "=", caseId)
        .execute();
      await tx.deleteFrom("integrity_cases").where("id", "=", caseId).execute();
      await tallyCase(tx, record, this.#timeZone, -1);
      await appendAudit(tx, event, now);
      return record;
    });
  }

  /** Deletes text, file name, fingerprints, pictures' hashes and what was measured; the headline figures stay. */
  async deleteContent(record: CaseRecord, event: AuditEvent, now: number): Promise<void> {
    await this.#database.transaction(async (tx) => {
      const held = await tx
        .selectFrom("integrity_documents")
        .select("id")
        .where("owner_id", "=", record.id)
        .forUpdate()
        .executeTakeFirst();
      if (held === undefined) return; // another process was faster
      await removeContent(tx, record.id);
      const file = record.file === null ? null : JSON.stringify({ ...record.file, key: null });
      await tx.updateTable("integrity_cases").set({ file }).where("id", "=", record.id).execute();
      await appendAudit(tx, event, now);
    });
  }

  async #insertRecord(tx: Transaction<IntegrityTables>, record: CaseRecord): Promise<void> {
    await tx.insertInto("integrity_cases").values(toCaseRow(record, this.#timeZone)).execute();
    const words = searchWords(record);
    if (words.length > 0) {
      await tx
        .insertInto("integrity_case_words")
        .values(words.map((word) => ({ word, case_id: record.id })))
        .execute();
    }
    await tallyCase(tx, record, this.#timeZone, 1);
  }
}

/** The words that a case is found by. */
function searchWords({ title, author }: CaseRecord): string[] {
  const { folded } = findWords(`${title ?? ""} ${author ?? ""}`);
  return [...new Set(folded)].slice(0, MOST_WORDS);
}

async function insertMeasurement(
  tx: Transaction<IntegrityTables>,
  caseId: string,
  measurement: Measurement,
): Promise<void> {
  await tx
    .insertInto("integrity_measurements")
    .values({
      case_id: caseId,
      body: packJson(measurement),
      exclusions: JSON.stringify(measurement.exclusions),
      revision: 1,
      evaluated_at: measurement.evaluatedAt,
    })
    .execute();
  await replacePairs(tx, caseId, measurement);
}

async function replacePairs(
  tx: Transaction<IntegrityTables>,
  caseId: string,
  { similar }: Measurement,
): Promise<void> {
  await tx.deleteFrom("integrity_pairs").where("case_id", "=", caseId).execute();
  if (similar.length === 0) return;
  await tx
    .insertInto("integrity_pairs")
    .values(
      similar.map(({ document, matchedWords, share }) => ({
        case_id: caseId,
        document,
        matched_words: matchedWords,
        share: Math.round(share * 1e6),
      })),
    )
    .execute();
}

async function removeContent(tx: Transaction<IntegrityTables>, caseId: string): Promise<void> {
  await removeDocument(tx, caseId);
  for (const table of ["integrity_measurements", "integrity_pairs", "integrity_images"] as const) {
    await tx.deleteFrom(table).where("case_id", "=", caseId).execute();
  }
}

/** @throws QuatrainError `case_not_found` (404) */
export function noSuchCase(caseId: string): never {
  throw userError("case_not_found", 404, "Case not found", { caseId });
}
