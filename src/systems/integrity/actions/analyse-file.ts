import { CodePoints } from "../../../algorithms/text/code-points.ts";
import type { UploadedFile } from "../../../platform/http/uploads.ts";
import { checkDocument } from "../documents/check-document.ts";
import type { DocumentReader as FileReader } from "../documents/port.ts";
import { toTextFindings } from "../engine/text-finding.ts";
import { readSubmission, type SentSubmission, type SubmissionRules } from "../submission.ts";
import { type AddCaseDeps, type AnalysedCase, addCase } from "./add-case.ts";
import { type FindImagesDeps, findStoredImages } from "./find-stored-images.ts";

export interface AnalyseFileDeps extends AddCaseDeps, FindImagesDeps {
  readonly fileReader: FileReader;
}

/** A case, with what was taken otherwise than it was sent or could not be read. */
export interface AnalysedFile extends AnalysedCase {
  readonly warnings: readonly string[];
}

/**
 * Reads a file, in a process of its own, and analyses its text with what the file shows besides: hidden text, history,
 * pictures.
 * @throws QuatrainError `document_...`, `invalid_text`, `invalid_request` (400, 413, 429)
 */
export async function analyseFile(
  deps: AnalyseFileDeps,
  upload: Pick<UploadedFile, "path" | "filename">,
  sent: Omit<SentSubmission, "texto">,
  rules: SubmissionRules,
  actor: string,
  signal?: AbortSignal,
): Promise<AnalysedFile> {
  const document = await deps.fileReader.read(upload.path, upload.filename, signal);
  const defaultTitle = document.metadata.title ?? (upload.filename || undefined);
  const submission = readSubmission({ ...sent, texto: document.text }, { ...rules, defaultTitle });
  const shown = checkDocument(document, deps.clock.now());
  const findings = [
    ...toTextFindings(shown.findings, new CodePoints(document.text)),
    ...(await findStoredImages(deps, document.images)),
  ];
  const signals = { file: shown.signals ?? {} };
  const analysed = await addCase(
    deps,
    {
      submission,
      actor,
      file: {
        details: { filename: upload.filename, format: document.format },
        analysis: { findings, signals, coverage: shown.coverage },
        images: document.images,
        path: upload.path,
      },
    },
    signal,
  );
  const warnings = [...submission.warnings, ...document.notes.map((note) => `file: ${note}`)];
  return { ...analysed, warnings };
}
