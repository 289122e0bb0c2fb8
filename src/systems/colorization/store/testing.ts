/** For tests only: stores on an empty database, and what they hold. */
import type { Exemplar } from "../../../algorithms/colouring/port.ts";
import type { OpenTestDatabase } from "../../../platform/db/testing.ts";
import type { JobOrder } from "../chapter-job.ts";
import { JobStore, type NewJob, type PlannedPage } from "./job-store.ts";
import { colorizationMigrations } from "./migrations/index.ts";
import { PaletteStore } from "./palette-store.ts";
import type { ColorizationTables } from "./tables.ts";
import { UploadStore } from "./upload-store.ts";

export async function openTestStores(open: OpenTestDatabase) {
  const place = await open(colorizationMigrations);
  const database = place.database.as<ColorizationTables>();
  let now = Date.parse("2026-01-01T12:00:00Z");
  const clock = { now: () => now++ };
  return {
    jobs: new JobStore(database, clock),
    palettes: new PaletteStore(database),
    uploads: new UploadStore(database),
    /** The same database, as another process sees it. */
    reopen: async () => new JobStore((await place.reopen()).as<ColorizationTables>(), clock),
  };
}

export function anOrder(changes: Partial<JobOrder> = {}): JobOrder {
  return {
    kind: "two-pass",
    chapterId: "chapter_001",
    inputMode: "batch",
    inputDir: "data/pages",
    styleReferences: ["data/style.png"],
    engine: "embedded",
    strength: 0.75,
    seedMode: "metadata",
    seed: null,
    skipColoured: true,
    fallback: null,
    prompt: "ñandú 😀",
    hints: [],
    metadataOutput: null,
    pass2Output: null,
    masksOutput: null,
    options: { strength: 0.75 },
    ...changes,
  };
}

export function aJob(id: string, changes: Partial<NewJob> = {}): NewJob {
  return { id, order: anOrder(), clientId: null, idempotency: null, ...changes };
}

export function somePages(count: number): PlannedPage[] {
  return Array.from({ length: count }, (_, index) => ({
    pageNum: index + 1,
    source: `${index + 1}.png`,
    inputKey: `jobs/x/inputs/page_00${index + 1}.png`,
    facts: {},
    error: null,
  }));
}

export function anExemplar(confidence: number): Exemplar {
  return { descriptor: [0.25, -1], colour: [0.5, 0.1, -0.1], confidence };
}
