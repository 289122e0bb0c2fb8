import { clip } from "./content/cut-text.ts";
import { spellInvisible } from "./content/invisible-characters.ts";
import { type ReportContent, reportContent } from "./content/report-content.ts";
import { findingsPart } from "./pdf/findings-part.ts";
import { limitsPart } from "./pdf/limits-part.ts";
import { measuredPart } from "./pdf/measured-part.ts";
import { openPdf } from "./pdf/open-pdf.ts";
import { PageFlow } from "./pdf/page-flow.ts";
import { drawFurniture } from "./pdf/page-furniture.ts";
import { pairsPart } from "./pdf/pairs-part.ts";
import { reviewsPart } from "./pdf/reviews-part.ts";
import { scorePart } from "./pdf/score-part.ts";
import { signalsPart } from "./pdf/signals-part.ts";
import { sourcesPart } from "./pdf/sources-part.ts";
import { titlePart } from "./pdf/title-part.ts";
import type { ReportInput, ReportMeasured } from "./report-input.ts";

const LIMITS = { findings: 120, pairs: { most: 20, words: 160 } };

/** No finding, pair or review begins behind these pages: some 60 in all, whatever the case. */
const LAST_PAGES = { findings: 36, pairs: 48, reviews: 54 };

const LONGEST_TITLE = 200;

/**
 * The report of a case as PDF, for printing and filing: as the HTML report, but of the text only what surrounds the
 * findings, and at most about 60 pages. The same input gives the same bytes.
 *
 * Complexity: O(text + findings log findings). Source: spec/integrity.md section 3, "Around it".
 */
export async function renderPdf(input: ReportInput): Promise<Uint8Array> {
  const content = reportContent(input, LIMITS);
  const { words } = content;
  const title = clip(spellInvisible(input.case.title ?? words.head.untitled), LONGEST_TITLE);
  const pdf = openPdf({
    title: `${title} · ${words.head.kind}`,
    subject: words.print.case(input.case.case_id),
    language: input.language,
    createdAt: input.generatedAt,
    creator: `Quatrain ${input.version}`,
  });
  const flow = new PageFlow(pdf);
  writeParts(flow, content);
  drawFurniture(flow, content);
  return pdf.finish();
}

function writeParts(flow: PageFlow, content: ReportContent): void {
  const { measured } = content.input.case;
  const part = (write: () => void) => flow.inside("Sect", write);
  part(() => titlePart(flow, content));
  part(() => scorePart(flow, content));
  if (measured === null) part(() => unmeasured(flow, content));
  else measuredParts(flow, content, measured, part);
  part(() => reviewsPart(flow, content, LAST_PAGES.reviews));
  if (measured !== null) part(() => limitsPart(flow, content, measured));
}

function measuredParts(
  flow: PageFlow,
  content: ReportContent,
  measured: ReportMeasured,
  part: (write: () => void) => void,
): void {
  // what programs say stands apart from what people said
  if (flow.room < flow.pageHeight / 2) flow.nextPage();
  else flow.space(24);
  part(() => measuredPart(flow, content, measured));
  part(() => findingsPart(flow, content, LAST_PAGES.findings));
  part(() => sourcesPart(flow, content, measured));
  part(() => pairsPart(flow, content, LAST_PAGES.pairs));
  part(() => signalsPart(flow, content, measured));
}

function unmeasured(flow: PageFlow, { words }: ReportContent): void {
  flow.heading(words.measured.heading, 2);
  flow.paragraph([{ text: words.measured.absent }]);
}
