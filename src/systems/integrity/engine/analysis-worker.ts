/** Entry of an analysis thread: pure functions on texts, one at a time. It may be ended at any instant. */
import { workerData } from "node:worker_threads";
import { parsePhraseList } from "../../../algorithms/text/phrases/phrase-list.ts";
import { renderHtml } from "../report/render-html.ts";
import type { ReportInput } from "../report/report-input.ts";
import { analyseText } from "./analyse-text.ts";
import type { ThreadBirth } from "./analysis-pool.ts";
import { compareTexts } from "./compare-texts.ts";
import type { AnalysisRequest, Comparison, ComparisonRequest, TextAnalysis } from "./port.ts";

export { fingerprintText } from "./analyse-text.ts";

const { phraseList } = workerData as ThreadBirth;
const phrases = phraseList === null ? [] : parsePhraseList(phraseList);

export function analyse(request: AnalysisRequest): TextAnalysis {
  return analyseText(request, phrases);
}

export function compare(request: ComparisonRequest): Comparison {
  return compareTexts(request);
}

export function drawHtml(input: ReportInput): string {
  return renderHtml(input);
}

/** pdfkit and its fonts are loaded with the first PDF, not before. */
export async function drawPdf(input: ReportInput): Promise<Uint8Array> {
  const { renderPdf } = await import("../report/render-pdf.ts");
  return renderPdf(input);
}
