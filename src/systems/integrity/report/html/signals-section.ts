import { recognisedLanguage } from "../content/recognised-language.ts";
import type { ReportContent } from "../content/report-content.ts";
import { signalRows } from "../content/signal-rows.ts";
import type { ReportMeasured } from "../report-input.ts";
import { brief, type Html, html } from "./markup.ts";

/** Figures that describe the text. */
export function signalsSection(content: ReportContent, measured: ReportMeasured): Html {
  const { words, formats } = content;
  const rows = signalRows(measured, formats);
  return html`<section aria-labelledby="signals">
<h2 id="signals">${words.signals.heading}</h2>
${
  rows.length === 0
    ? html`<p>${words.signals.none}</p>`
    : html`<p>${words.signals.intro}</p>
<table class="compact">
<thead><tr><th scope="col">${words.signals.figure}</th><th scope="col" class="number">${words.signals.value}</th></tr></thead>
<tbody><tr><th scope="row">${words.signals.language}</th><td class="number">${recognisedLanguage(content)}</td></tr>
${rows.map(
  ({ name, value }) =>
    html`<tr><th scope="row">${words.signals.names[name]}</th><td class="number"><bdi>${brief(value)}</bdi></td></tr>
`,
)}</tbody>
</table>`
}
</section>`;
}
