import type { Transaction } from "kysely";
import { EVIDENCES } from "../../../contracts/integrity/index.ts";
import type { CaseRecord } from "../case-record.ts";
import { periodKeys } from "../period-keys.ts";
import type { IntegrityTables } from "./tables.ts";

/** The key of the rows that count every day. */
export const ALL_DAYS = "all";

/**
 * Counts a case (`direction` 1) or takes it out of the count again (-1), in the transaction that adds or deletes it:
 * dashboards read these few rows, whatever the number of cases.
 */
export async function tallyCase(
  tx: Transaction<IntegrityTables>,
  record: CaseRecord,
  timeZone: string,
  direction: 1 | -1,
): Promise<void> {
  const { role, product, level } = record;
  const amounts = {
    cases: direction,
    score_sum: direction * record.overall,
    confidence_sum: direction * Math.round(record.confidence * 1_000),
  };
  const everyDay = { day: ALL_DAYS, week: ALL_DAYS, month: ALL_DAYS };
  const rows = [periodKeys(record.analyzedAt, timeZone), everyDay].map((keys) => ({
    ...keys,
    role,
    product,
    level,
    ...amounts,
  }));
  await tx
    .insertInto("integrity_tallies")
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(["day", "role", "product", "level"]).doUpdateSet((old) => ({
        cases: old("integrity_tallies.cases", "+", old.ref("excluded.cases")),
        score_sum: old("integrity_tallies.score_sum", "+", old.ref("excluded.score_sum")),
        confidence_sum: old("integrity_tallies.confidence_sum", "+", old.ref("excluded.confidence_sum")),
      })),
    )
    .execute();
  const observed = EVIDENCES.filter((name) => record.evidence[name] === 1);
  if (observed.length === 0) return;
  await tx
    .insertInto("integrity_evidence_tallies")
    .values(observed.map((evidence) => ({ evidence, cases: direction })))
    .onConflict((conflict) =>
      conflict.column("evidence").doUpdateSet((old) => ({
        cases: old("integrity_evidence_tallies.cases", "+", old.ref("excluded.cases")),
      })),
    )
    .execute();
}
