import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { EVIDENCES, PRODUCTS, ROLES } from "../../src/contracts/integrity/index.ts";
import { authMigrations } from "../../src/platform/auth/migrations.ts";
import { migrate } from "../../src/platform/db/schema/migrate.ts";
import { openSqlite } from "../../src/platform/db/sqlite/open-sqlite.ts";
import { jobMigrations } from "../../src/platform/jobs/index.ts";
import { inspectionMigrations } from "../../src/systems/inspection/index.ts";
import { authorKey } from "../../src/systems/integrity/author-key.ts";
import { fingerprintText } from "../../src/systems/integrity/engine/analyse-text.ts";
import { integrityMigrations } from "../../src/systems/integrity/index.ts";
import { DEFAULT_EXCLUSIONS } from "../../src/systems/integrity/measurement.ts";
import { recommend } from "../../src/systems/integrity/scoring/recommend.ts";
import {
  type EvidenceStrengths,
  scoreEvidence,
  shownDimensions,
} from "../../src/systems/integrity/scoring/score-evidence.ts";
import { CaseWriter } from "../../src/systems/integrity/store/case-writer.ts";
import type { IntegrityTables } from "../../src/systems/integrity/store/tables.ts";
import { generateDocument } from "./corpus.ts";

/** Days over which the cases are spread, the last one today. */
const DAYS = 730;
const DAY_MS = 86_400_000;
const AT_ONCE = 8;

/** Fills a data folder with cases of drawn documents, through the same writer as the server. */
export async function seedCases(folder: string, count: number): Promise<void> {
  const database = await openSqlite({ path: join(folder, "quatrain.db"), readers: 1 });
  await migrate(database, [
    ...authMigrations,
    ...jobMigrations,
    ...inspectionMigrations,
    ...integrityMigrations,
  ]);
  const writer = new CaseWriter(database.as<IntegrityTables>(), "UTC");
  const now = Date.now();
  const begun = performance.now();
  let next = 0;
  const work = async () => {
    while (next < count) {
      const index = next++;
      await writer.addCase(drawCase(index, count, now), {
        actor: "bench",
        action: "case.created",
        subject: String(index),
        details: {},
      });
      if (index % 10_000 === 0) {
        console.log(`${index} cases, ${((performance.now() - begun) / 1_000).toFixed(0)} s`);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  await database.close();
  await writeFile(join(folder, "seeded"), String(count));
  console.log(`${count} cases stored in ${((performance.now() - begun) / 1_000).toFixed(0)} s`);
}

function drawCase(index: number, count: number, now: number) {
  const { text } = generateDocument(index);
  const bits = (index * 2_654_435_761) >>> 0;
  const flags = EVIDENCES.map((name, at) => [name, (bits >>> (at * 4)) % 4 === 0 ? 1 : 0] as const);
  const evidence = Object.fromEntries(flags) as EvidenceStrengths;
  const role = ROLES[bits % ROLES.length]!;
  const product = PRODUCTS[(bits >>> 3) % PRODUCTS.length]!;
  const score = scoreEvidence(evidence, role, product);
  const id = `case_${index.toString(16).padStart(12, "0")}`;
  const analyzedAt = now - Math.floor(((count - index) / count) * DAYS * DAY_MS);
  const author = `Autor ${index % 5_000}`;
  const { words, fingerprints, keys } = fingerprintText(text);
  return {
    record: {
      id,
      analyzedAt,
      title: `Ensayo ${index}`,
      author,
      role,
      product,
      evidence,
      overall: score.overall,
      level: score.level,
      confidence: score.confidence,
      dimensions: shownDimensions(score.adjusted),
      recommendations: recommend(score),
      textLength: text.length,
      reviewState: "pendiente" as const,
      file: null,
      imported: false,
    },
    document: {
      kind: "case" as const,
      ownerId: id,
      authorKey: authorKey(author),
      words,
      fingerprints,
      keys,
      text,
    },
    measurement: {
      findings: [],
      similar: [],
      similarityShare: 0,
      signals: {},
      suggestedFlags: [],
      combinedScore: score.overall,
      combinedLevel: score.level,
      coverage: {},
      exclusions: DEFAULT_EXCLUSIONS,
      pending: [],
      evaluatedAt: analyzedAt,
    },
    images: [],
    common: new Set<number>(),
    newlyCommon: [],
  };
}
