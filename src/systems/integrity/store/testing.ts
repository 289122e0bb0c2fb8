/** For tests only: a store on an empty database, and records to put into it. */
import type { OpenTestDatabase } from "../../../platform/db/testing.ts";
import type { CaseRecord } from "../case-record.ts";
import { DEFAULT_EXCLUSIONS, type Measurement } from "../measurement.ts";
import { AuditReader } from "./audit-reader.ts";
import { BatchStore } from "./batch-store.ts";
import { CaseReader } from "./case-reader.ts";
import { CaseWriter, type NewCase } from "./case-writer.ts";
import { DocumentReader } from "./document-reader.ts";
import type { NewDocument } from "./document-writer.ts";
import { ImageReader } from "./image-store.ts";
import { MetricsReader } from "./metrics-reader.ts";
import { integrityMigrations } from "./migrations/index.ts";
import { PairReader } from "./pair-reader.ts";
import { ReviewStore } from "./review-store.ts";
import { SourceStore } from "./source-store.ts";
import type { IntegrityTables } from "./tables.ts";

export async function openTestStore(open: OpenTestDatabase) {
  const database = (await open(integrityMigrations)).database.as<IntegrityTables>();
  return {
    database,
    writer: new CaseWriter(database, "UTC"),
    cases: new CaseReader(database),
    documents: new DocumentReader(database),
    images: new ImageReader(database),
    sources: new SourceStore(database),
    batches: new BatchStore(database),
    reviews: new ReviewStore(database),
    metrics: new MetricsReader(database),
    pairs: new PairReader(database),
    audit: new AuditReader(database),
  };
}

export const START = Date.parse("2026-01-30T10:30:00Z");

export function aRecord(id: string, changes: Partial<CaseRecord> = {}): CaseRecord {
  return {
    id,
    analyzedAt: START,
    title: "Ensayo sobre el mar'; --",
    author: "María López",
    role: "Estudiante",
    product: "Tesis",
    evidence: {
      estilo_diferente: 1,
      defensa_debil: 0,
      tiempo_sospechoso: 0,
      sin_borradores: 1,
      referencias_raras: 0,
      datos_inconsistentes: 0,
      imagenes_sospechosas: 1,
    },
    overall: 52,
    level: "MEDIO",
    confidence: 0.875,
    dimensions: { autoría: 48, tiempo: 60, referencias: 0, presentación: 100 },
    recommendations: ["Uno", "Dos"],
    textLength: 100,
    reviewState: "pendiente",
    file: { filename: "á.pdf", format: "pdf", key: "cases/x/original.pdf" },
    imported: false,
    ...changes,
  };
}

export function aMeasurement(changes: Partial<Measurement> = {}): Measurement {
  return {
    findings: [],
    similar: [],
    similarityShare: 0,
    signals: {},
    suggestedFlags: [],
    combinedScore: 52,
    combinedLevel: "MEDIO",
    coverage: {},
    exclusions: DEFAULT_EXCLUSIONS,
    pending: [],
    evaluatedAt: START,
    ...changes,
  };
}

export function aDocument(
  ownerId: string,
  keys: readonly number[],
  changes: Partial<NewDocument> = {},
): NewDocument {
  return {
    kind: "case",
    ownerId,
    authorKey: "maria lopez",
    words: 10,
    fingerprints: new Uint8Array([1, 2, 3]),
    keys: Uint32Array.from(keys),
    text: `texto de ${ownerId}`,
    ...changes,
  };
}

export function aCase(id: string, changes: Partial<CaseRecord> = {}, more: Partial<NewCase> = {}): NewCase {
  return {
    record: aRecord(id, changes),
    document: aDocument(id, [1, 2, 4_294_967_295]),
    measurement: aMeasurement(),
    images: [],
    common: new Set(),
    newlyCommon: [],
    ...more,
  };
}

export const EVENT = { actor: "test", action: "case.created", subject: "x", details: { a: 1 } };
