import type { ReportLanguage } from "../accepted-language.ts";
import { presentCase } from "../present/case.ts";
import { presentReviewed } from "../present/reviews.ts";
import type { ReportRenderer } from "../report/port.ts";
import type { ReportInput } from "../report/report-input.ts";
import { type FindCaseDeps, findMeasuredCase } from "./find-case.ts";
import type { NamedMeasurement } from "./name-sources.ts";
import { type ReviewDeps, reviewsOf } from "./review-case.ts";

export interface MakeReportDeps extends FindCaseDeps, ReviewDeps {
  readonly renderer: ReportRenderer;
  readonly version: string;
}

export interface ReportRequest {
  readonly caseId: string;
  readonly format: "html" | "pdf";
  readonly language: ReportLanguage;
}

/** A finished report. */
export interface Report {
  readonly contentType: string;
  readonly bytes: Buffer;
}

/** Sources whose text is put beside the analysed one. */
const MOST_SOURCES = 10;

/** Everything that is known of a case, for reading and printing. @throws QuatrainError `case_not_found` (404) */
export async function makeReport(
  deps: MakeReportDeps,
  { caseId, format, language }: ReportRequest,
  signal?: AbortSignal,
): Promise<Report> {
  const { record, measurement, textKept } = await findMeasuredCase(deps, caseId);
  const { review_state: state, reviews } = presentReviewed(caseId, await reviewsOf(deps, caseId));
  const input: ReportInput = {
    language,
    generatedAt: deps.clock.now(),
    version: deps.version,
    case: presentCase(record, measurement, textKept, language),
    text: await deps.documents.textOf(caseId),
    sources: measurement === null ? [] : await sourcesOf(deps, measurement),
    reviews: { state, reviews },
  };
  return deps.renderer.render(input, format, signal);
}

async function sourcesOf(
  { documents }: MakeReportDeps,
  { measurement, names }: NamedMeasurement,
): Promise<ReportInput["sources"]> {
  return Promise.all(
    measurement.similar.slice(0, MOST_SOURCES).flatMap(({ document }) => {
      const name = names.get(document);
      if (name === undefined) return [];
      const { id, kind, title, author } = name;
      return [documents.textOf(id).then((text) => ({ id, kind, title, author, text }))];
    }),
  );
}
