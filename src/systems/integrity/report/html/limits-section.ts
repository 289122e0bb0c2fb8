import { coverageRows } from "../content/coverage-rows.ts";
import type { ReportContent } from "../content/report-content.ts";
import type { ReportMeasured } from "../report-input.ts";
import { type Html, html } from "./markup.ts";

/** What the analyses that were made cannot show; null where none was. */
export function limitsSection({ words }: ReportContent, measured: ReportMeasured): Html | null {
  const made = coverageRows(measured).filter(({ done }) => done);
  if (made.length === 0) return null;
  return html`<section aria-labelledby="limits">
<h2 id="limits">${words.limits.heading}</h2>
<p>${words.limits.intro}</p>
${made.map(
  ({ name }) => html`<h3>${words.names.analyses[name]}</h3><p>${words.limits.paragraphs[name]}</p>
`,
)}
</section>`;
}
