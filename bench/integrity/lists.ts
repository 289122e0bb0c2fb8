import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { LEVELS, PRODUCTS, ROLES } from "../../src/contracts/integrity/index.ts";
import { authMigrations } from "../../src/platform/auth/migrations.ts";
import { migrate } from "../../src/platform/db/schema/migrate.ts";
import { openSqlite } from "../../src/platform/db/sqlite/open-sqlite.ts";
import { jobMigrations } from "../../src/platform/jobs/index.ts";
import { inspectionMigrations } from "../../src/systems/inspection/index.ts";
import { integrityMigrations } from "../../src/systems/integrity/index.ts";
import { periodKeys } from "../../src/systems/integrity/period-keys.ts";
import type { IntegrityTables } from "../../src/systems/integrity/store/tables.ts";
import { send } from "../../tests/support/requests.ts";
import { startServer } from "../../tests/support/server-process.ts";

/*
 * Lists of a million cases over HTTP. The cases are rows without texts, written in bulk: for lists and their totals
 * only, not for similarity.   node bench/integrity/lists.ts [CASES] [FOLDER]      1,000,000 in /tmp/quatrain-lists-...
 */

const CASES = Number(process.argv[2] ?? 1_000_000);
const FOLDER = process.argv[3] ?? `/tmp/quatrain-lists-${CASES}`;
const PER_STATEMENT = 500;
const PER_TRANSACTION = 20_000;
const READS = 100;
const DAY_MS = 86_400_000;

type CaseRow = IntegrityTables["integrity_cases"];

function drawRow(index: number, now: number): CaseRow {
  const bits = (index * 2_654_435_761) >>> 0;
  const analyzedAt = now - Math.floor(((CASES - index) / CASES) * 1_460 * DAY_MS);
  const author = `Autor ${index % 50_000}`;
  return {
    id: `case_${index.toString(16).padStart(12, "0")}`,
    analyzed_at: analyzedAt,
    ...periodKeys(analyzedAt, "UTC"),
    title: `Ensayo ${index}`,
    author,
    author_key: author.toLowerCase(),
    role: ROLES[bits % ROLES.length]!,
    product: PRODUCTS[(bits >>> 3) % PRODUCTS.length]!,
    score: bits % 101,
    level: LEVELS[bits % 101 < 33 ? 0 : bits % 101 < 67 ? 1 : 2]!,
    confidence: 900,
    evidence: bits & 127,
    verdict: '{"dimensions":{"autoría":0,"tiempo":0,"referencias":0,"presentación":0},"recommendations":[]}',
    text_length: 6_000,
    review_state: "pendiente",
    file: null,
    imported: 0,
  };
}

async function fill(): Promise<void> {
  const database = (
    await openSqlite({ path: join(FOLDER, "quatrain.db"), readers: 1 })
  ).as<IntegrityTables>();
  await migrate(database, [
    ...authMigrations,
    ...jobMigrations,
    ...inspectionMigrations,
    ...integrityMigrations,
  ]);
  const now = Date.now();
  const tallies = new Map<string, IntegrityTables["integrity_tallies"]>();
  const count = (row: CaseRow, keys: Pick<CaseRow, "day" | "week" | "month">) => {
    const { role, product, level } = row;
    const key = [keys.day, role, product, level].join();
    const tally = tallies.get(key) ?? {
      ...keys,
      role,
      product,
      level,
      cases: 0,
      score_sum: 0,
      confidence_sum: 0,
    };
    tally.cases++;
    tally.score_sum += row.score;
    tally.confidence_sum += row.confidence;
    tallies.set(key, tally);
  };
  for (let from = 0; from < CASES; from += PER_TRANSACTION) {
    await database.transaction(async (tx) => {
      for (let at = from; at < Math.min(from + PER_TRANSACTION, CASES); at += PER_STATEMENT) {
        const length = Math.min(PER_STATEMENT, CASES - at);
        const rows = Array.from({ length }, (_, index) => drawRow(at + index, now));
        await tx.insertInto("integrity_cases").values(rows).execute();
        const words = rows.flatMap((row) =>
          ["ensayo", "autor", row.title!.split(" ")[1]!, row.author!.split(" ")[1]!]
            .filter((word, index, all) => all.indexOf(word) === index)
            .map((word) => ({ word, case_id: row.id })),
        );
        await tx.insertInto("integrity_case_words").values(words).execute();
        for (const row of rows) {
          count(row, { day: row.day, week: row.week, month: row.month });
          count(row, { day: "all", week: "all", month: "all" });
        }
      }
    });
  }
  const all = [...tallies.values()];
  await database.transaction(async (tx) => {
    for (let at = 0; at < all.length; at += PER_STATEMENT) {
      await tx
        .insertInto("integrity_tallies")
        .values(all.slice(at, at + PER_STATEMENT))
        .execute();
    }
  });
  await database.close();
  await writeFile(join(FOLDER, "filled"), String(CASES));
}

if (!existsSync(join(FOLDER, "filled"))) await fill();
const server = await startServer({ dataDir: FOLDER, options: ["--only", "integrity"] });
try {
  const first = (await send("GET", `${server.url}/api/cases`)).body;
  console.log(`${first.total} cases`);
  const paths = {
    "first page": "/api/cases",
    "nivel and rol": "/api/cases?nivel=ALTO&rol=Estudiante",
    "next page by cursor": `/api/cases?cursor=${first.next_cursor}`,
    "offset 500,000": "/api/cases?offset=500000",
    "q, two words": "/api/cases?q=ensayo%2012345",
    "q, one word that all have": "/api/cases?q=ensayo",
    autor: "/api/cases?autor=Autor%20777",
    "desde a month ago": `/api/cases?desde=${new Date(Date.now() - 30 * DAY_MS).toISOString().slice(0, 10)}`,
    institutional: "/api/metrics/institutional",
    "temporal, monthly": "/api/metrics/temporal?period=monthly",
  };
  for (const [name, path] of Object.entries(paths)) {
    const times: number[] = [];
    for (let index = 0; index < READS; index++) {
      const begun = performance.now();
      const { status } = await send("GET", server.url + path);
      if (status !== 200) throw new Error(`${path}: ${status}`);
      times.push(performance.now() - begun);
    }
    times.sort((a, b) => a - b);
    const at = (share: number) => times[Math.floor(share * READS)]!.toFixed(1).padStart(7);
    console.log(`${name.padEnd(28)} p50 ${at(0.5)} ms  p95 ${at(0.95)} ms`);
  }
} finally {
  await server.end("SIGTERM");
}
