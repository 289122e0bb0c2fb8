import { clip } from "../content/cut-text.ts";
import type { ReportContent } from "../content/report-content.ts";
import { MUTED, RULE, SIZES } from "./look.ts";
import { MARGINS } from "./open-pdf.ts";
import type { PageFlow } from "./page-flow.ts";

const LONGEST_ID = 60;

/** Case, page numbers and the reminder that a person decides, on every page. */
export function drawFurniture(flow: PageFlow, { words, formats, input }: ReportContent): void {
  const { start, count } = flow.doc.bufferedPageRange();
  for (let index = start; index < start + count; index++) {
    flow.doc.switchToPage(index);
    flow.doc.markContent("Artifact", { type: "Pagination" });
    const right = words.print.case(clip(input.case.case_id, LONGEST_ID));
    drawEdge(flow, MARGINS.top - 36, words.head.kind, right);
    flow.doc.rect(flow.left, MARGINS.top - 20, flow.width, 0.6).fill(RULE);
    const page = words.print.page(formats.whole(index + 1), formats.whole(count));
    drawEdge(flow, flow.doc.page.height - MARGINS.bottom + 22, words.head.noVerdict, page);
    flow.doc.endMarkedContent();
  }
}

function drawEdge(flow: PageFlow, y: number, left: string, right: string): void {
  const [atLeft] = flow.layOut([{ text: left }], flow.width / 2, SIZES.small);
  const [atRight] = flow.layOut([{ text: right }], flow.width / 2, SIZES.small);
  const width = (atRight ?? []).reduce((sum, fragment) => sum + fragment.width, 0);
  flow.drawLine(atLeft ?? [], flow.left, y, SIZES.small, MUTED);
  flow.drawLine(atRight ?? [], flow.left + flow.width - width, y, SIZES.small, MUTED);
}
