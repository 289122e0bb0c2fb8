import { coverageRows } from "../content/coverage-rows.ts";
import type { ReportContent } from "../content/report-content.ts";
import type { ReportMeasured } from "../report-input.ts";
import type { PageFlow } from "./page-flow.ts";

/** What the analyses that were made cannot show. */
export function limitsPart(flow: PageFlow, { words }: ReportContent, measured: ReportMeasured): void {
  const made = coverageRows(measured).filter(({ done }) => done);
  if (made.length === 0) return;
  flow.heading(words.limits.heading, 2);
  flow.paragraph([{ text: words.limits.intro }], { after: 8 });
  for (const { name } of made) {
    flow.heading(words.names.analyses[name], 3);
    flow.paragraph([{ text: words.limits.paragraphs[name] }], { after: 8 });
  }
}
