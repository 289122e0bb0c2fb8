import type { Clock, Ids } from "../../../platform/ports.ts";
import type { FileStore } from "../../../platform/storage/file-store.ts";
import { authorKey } from "../author-key.ts";
import type { CaseClock } from "../case-clock.ts";
import type { CaseFile, CaseRecord } from "../case-record.ts";
import { DEFAULT_EXCLUSIONS, type Measurement } from "../measurement.ts";
import { recommend } from "../scoring/recommend.ts";
import { countFlags, scoreEvidence, shownDimensions } from "../scoring/score-evidence.ts";
import type { AlsoWritten, CaseWriter } from "../store/case-writer.ts";
import type { NewImage } from "../store/image-store.ts";
import type { Submission } from "../submission.ts";
import type { LookUps } from "./look-ups.ts";
import { measureText } from "./measure-text.ts";
import type { FileAnalysis, MeasureDeps } from "./subject.ts";

export interface AddCaseDeps extends MeasureDeps {
  readonly writer: CaseWriter;
  readonly caseClock: CaseClock;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly files: FileStore;
  readonly lookUps: LookUps;
}

/** A document to analyse and keep. */
export interface NewDocumentCase {
  readonly submission: Submission;
  /** Who sent it, for the audit. */
  readonly actor: string;
  readonly file?: {
    readonly details: Omit<CaseFile, "key">;
    readonly analysis: FileAnalysis;
    readonly images: readonly NewImage[];
    /** On this machine; goes with its request. */
    readonly path: string;
  };
  /** Goes into the transaction that stores the case. */
  readonly also?: (caseId: string) => AlsoWritten;
}

/** A stored case, with what was measured in it. */
export interface AnalysedCase {
  readonly record: CaseRecord;
  readonly measurement: Measurement;
  readonly numEvidence: number;
}

/**
 * Scores, measures and stores one document. When it resolves, everything is on the disk.
 * @throws QuatrainError of the engine and the stores; nothing is kept then
 */
export async function addCase(
  deps: AddCaseDeps,
  added: NewDocumentCase,
  signal?: AbortSignal,
): Promise<AnalysedCase> {
  const { submission } = added;
  const { evidence, role, product } = submission;
  const id = `case_${deps.ids.hex(6)}`;
  const analyzedAt = deps.caseClock.next();
  const author = authorKey(submission.author);
  const measured = await measureText(
    deps,
    {
      caseId: id,
      text: submission.text,
      authorKey: author,
      evidence,
      role,
      product,
      exclusions: DEFAULT_EXCLUSIONS,
      submittedAt: analyzedAt,
      file: added.file?.analysis ?? null,
    },
    signal,
  );
  const pending = deps.lookUps.planned(measured.analysis.references.length);
  const measurement = { ...measured.measurement, pending };
  const file = await keepFile(deps, id, added);
  const score = scoreEvidence(evidence, role, product);
  const record: CaseRecord = {
    id,
    analyzedAt,
    title: submission.title,
    author: submission.author,
    role,
    product,
    evidence,
    overall: score.overall,
    level: score.level,
    confidence: score.confidence,
    dimensions: shownDimensions(score.adjusted),
    recommendations: recommend(score),
    textLength: submission.textLength,
    reviewState: "pendiente",
    file,
    imported: false,
  };
  const { analysis } = measured;
  await deps.writer.addCase(
    {
      ...measured,
      record,
      measurement,
      images: added.file?.images ?? [],
      document: {
        kind: "case",
        ownerId: id,
        authorKey: author,
        words: analysis.words,
        fingerprints: analysis.fingerprints,
        keys: analysis.keys,
        text: deps.settings.keepText ? submission.text : null,
      },
    },
    { actor: added.actor, action: "case.created", subject: id, details: { score: score.overall } },
    async (tx) => {
      await deps.lookUps.begin(tx, id, pending);
      await added.also?.(id)(tx);
    },
  );
  return { record, measurement, numEvidence: countFlags(evidence) };
}

/** The file first, then the row that names it: a crash between them leaves a file that nobody names. */
async function keepFile(
  { files, settings }: AddCaseDeps,
  caseId: string,
  { file }: NewDocumentCase,
): Promise<CaseFile | null> {
  if (file === undefined) return null;
  if (!settings.keepText) return { ...file.details, key: null };
  const key = `cases/${caseId}/original.${file.details.format}`;
  await files.adopt(key, file.path);
  return { ...file.details, key };
}
