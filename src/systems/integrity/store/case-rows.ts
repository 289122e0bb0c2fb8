import type { Insertable, Selectable } from "kysely";
import {
  EVIDENCES,
  type Level,
  type Product,
  type ReviewState,
  type Role,
} from "../../../contracts/integrity/index.ts";
import { authorKey } from "../author-key.ts";
import type { CaseFile, CaseRecord } from "../case-record.ts";
import { periodKeys } from "../period-keys.ts";
import type { EvidenceStrengths } from "../scoring/score-evidence.ts";
import type { IntegrityTables } from "./tables.ts";

type CaseRow = IntegrityTables["integrity_cases"];

interface Verdict {
  readonly dimensions: CaseRecord["dimensions"];
  readonly recommendations: readonly string[];
}

export function toCaseRow(record: CaseRecord, timeZone: string): Insertable<CaseRow> {
  const { dimensions, recommendations } = record;
  return {
    id: record.id,
    analyzed_at: record.analyzedAt,
    ...periodKeys(record.analyzedAt, timeZone),
    title: record.title,
    author: record.author,
    author_key: authorKey(record.author),
    role: record.role,
    product: record.product,
    score: record.overall,
    level: record.level,
    confidence: Math.round(record.confidence * 1_000),
    evidence: evidenceBits(record.evidence),
    verdict: JSON.stringify({ dimensions, recommendations } satisfies Verdict),
    text_length: record.textLength,
    review_state: record.reviewState,
    file: record.file === null ? null : JSON.stringify(record.file),
    imported: record.imported ? 1 : 0,
  };
}

export function toCaseRecord(row: Selectable<CaseRow>): CaseRecord {
  const { dimensions, recommendations } = JSON.parse(row.verdict) as Verdict;
  return {
    id: row.id,
    analyzedAt: row.analyzed_at,
    title: row.title,
    author: row.author,
    role: row.role as Role,
    product: row.product as Product,
    evidence: evidenceOf(row.evidence),
    overall: row.score,
    level: row.level as Level,
    confidence: row.confidence / 1_000,
    dimensions,
    recommendations,
    textLength: row.text_length,
    reviewState: row.review_state as ReviewState,
    file: row.file === null ? null : (JSON.parse(row.file) as CaseFile),
    imported: row.imported === 1,
  };
}

function evidenceBits(evidence: EvidenceStrengths): number {
  return EVIDENCES.reduce((bits, name, index) => (evidence[name] === 1 ? bits | (1 << index) : bits), 0);
}

function evidenceOf(bits: number): EvidenceStrengths {
  const entries = EVIDENCES.map((name, index) => [name, (bits >> index) & 1] as const);
  return Object.fromEntries(entries) as EvidenceStrengths;
}
