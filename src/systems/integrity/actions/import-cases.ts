import { countCodePoints } from "../../../algorithms/text/code-points.ts";
import {
  DIMENSIONS,
  EVIDENCES,
  LEVELS,
  LIMITS,
  type OldCase,
  PRODUCTS,
  ROLES,
} from "../../../contracts/integrity/index.ts";
import { QuatrainError, userError } from "../../../platform/errors/quatrain-error.ts";
import type { Clock } from "../../../platform/ports.ts";
import type { CaseRecord } from "../case-record.ts";
import { readInstant } from "../instants.ts";
import { recommend } from "../scoring/recommend.ts";
import {
  type EvidenceStrengths,
  levelOf,
  scoreEvidence,
  shownDimensions,
} from "../scoring/score-evidence.ts";
import { storableText } from "../storable-text.ts";
import type { CaseWriter } from "../store/case-writer.ts";

export interface ImportDeps {
  readonly writer: CaseWriter;
  readonly clock: Clock;
}

export interface Imported {
  readonly imported: number;
  readonly alreadyHere: number;
  readonly refused: readonly { readonly caseId: string; readonly error: string }[];
}

const CASE_ID = /^[\w.-]{1,100}$/;
const MOST_NAME_CHARACTERS = 1_000;

/**
 * Takes over cases of an older server with the figures that it gave them. Those whose id is known are left alone, so
 * that an import can be repeated.
 * @throws QuatrainError `invalid_request` (400) when it is no list
 */
export async function importCases(deps: ImportDeps, sent: unknown, actor: string): Promise<Imported> {
  if (!Array.isArray(sent) || sent.length > LIMITS.imported) {
    throw userError("invalid_request", 400, `casos must be a list of at most ${LIMITS.imported} cases`);
  }
  const records: CaseRecord[] = [];
  const refused: { caseId: string; error: string }[] = [];
  for (const one of sent) {
    try {
      records.push(readOldCase(one));
    } catch (error) {
      if (!(error instanceof QuatrainError)) throw error;
      refused.push({
        caseId: String((one as OldCase | null)?.case_id ?? "").slice(0, 100),
        error: error.message,
      });
    }
  }
  const imported = await deps.writer.importCases(records, actor, deps.clock.now());
  return { imported, alreadyHere: records.length - imported, refused };
}

/** What the older server did not keep is taken as the contract's default. @throws QuatrainError `invalid_case` (400) */
function readOldCase(sent: unknown): CaseRecord {
  if (typeof sent !== "object" || sent === null) throw invalid("a case must be a JSON object");
  const old = sent as OldCase;
  if (typeof old.case_id !== "string" || !CASE_ID.test(old.case_id))
    throw invalid("case_id is missing or malformed");
  const score = typeof old.overall_score === "number" ? old.overall_score : Number.NaN;
  if (!Number.isInteger(score) || score < 0 || score > 100) {
    throw invalid("overall_score must be a whole number from 0 to 100");
  }
  const role = ROLES.find((known) => known === old.role) ?? "Estudiante";
  const product = PRODUCTS.find((known) => known === old.product_type) ?? "Otro";
  const evidence = readEvidence(old);
  const own = scoreEvidence(evidence, role, product);
  return {
    id: old.case_id,
    analyzedAt: readMoment(old.analyzed_at),
    title: readName(old.title),
    author: readName(old.author),
    role,
    product,
    evidence,
    overall: score,
    level: LEVELS.find((known) => known === old.overall_level) ?? levelOf(score),
    confidence: readShare(old.confidence),
    dimensions: readDimensions(old) ?? shownDimensions(own.adjusted),
    recommendations:
      old.evidencias == null ? [] : recommend({ ...own, overall: score, level: levelOf(score) }),
    textLength: readLength(old),
    reviewState: "pendiente",
    file: null,
    imported: true,
  };
}

function readEvidence({ evidencias }: OldCase): EvidenceStrengths {
  const entries = EVIDENCES.map((name) => [name, Number(evidencias?.[name]) === 1 ? 1 : 0] as const);
  return Object.fromEntries(entries) as EvidenceStrengths;
}

/** Null where the older server kept none: they follow from the observations. */
function readDimensions({ dimensions }: OldCase): CaseRecord["dimensions"] | null {
  if (typeof dimensions !== "object" || dimensions === null) return null;
  const entries = DIMENSIONS.map((name) => {
    const value = Number(dimensions[name] ?? 0);
    return [name, Number.isFinite(value) ? Math.round(value) : 0] as const;
  });
  return Object.fromEntries(entries) as CaseRecord["dimensions"];
}

function readLength({ texto, text_length: length }: OldCase): number {
  if (typeof texto === "string") return countCodePoints(texto);
  return Number.isSafeInteger(length) && length! >= 0 ? length! : 0;
}

function readMoment(sent: OldCase["analyzed_at"]): number {
  const at = typeof sent === "number" ? sent : readInstant(String(sent ?? "").trim())?.from;
  if (at === undefined || !Number.isSafeInteger(at) || at < 0) {
    throw invalid("analyzed_at must be an instant such as 2026-01-30T10:30:00");
  }
  return at;
}

function readName(sent: string | null | undefined): string | null {
  if (typeof sent !== "string") return null;
  return storableText(sent.slice(0, MOST_NAME_CHARACTERS));
}

function readShare(sent: number | null | undefined): number {
  const share = Number(sent ?? 0);
  return share >= 0 && share <= 1 ? share : 0;
}

function invalid(message: string) {
  return userError("invalid_case", 400, message);
}
