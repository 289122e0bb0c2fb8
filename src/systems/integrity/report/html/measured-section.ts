import { type CoverageRow, coverageRows } from "../content/coverage-rows.ts";
import { clip } from "../content/cut-text.ts";
import { excludedNames } from "../content/exclusion-names.ts";
import type { ReportContent } from "../content/report-content.ts";
import { DONE_SYMBOL, LEVEL_SYMBOLS, NOT_DONE_SYMBOL } from "../content/symbols.ts";
import { whyNot } from "../content/why-not.ts";
import type { ReportMeasured } from "../report-input.ts";
import { brief, foreign, type Html, html } from "./markup.ts";

const LONGEST_NAME = 200;
const LONGEST_OPINION = 4_000;

/** What programs say of the text as a whole, and what they could not say. */
export function measuredSection(content: ReportContent, measured: ReportMeasured): Html {
  const { words, formats } = content;
  const { combined_score, combined_level: level, similarity_share, evaluated_at } = measured;
  return html`<section aria-labelledby="measured">
<h2 id="measured">${words.measured.heading}</h2>
<p>${words.measured.apart}</p>
${pending(content, measured)}
<dl class="figures">
<div><dt>${words.measured.combined}</dt><dd>${combined_score} <small>${words.score.outOf}</small> <span class="${level}">${LEVEL_SYMBOLS[level]} ${words.names.levels[level]}</span></dd></div>
<div><dt>${words.measured.share}</dt><dd>${formats.percent(similarity_share)} <small>${words.measured.shareOfWords}</small></dd></div>
</dl>
<p class="small">${words.measured.combinedHint}</p>
<h3>${words.measured.suggested}</h3>
${suggested(content, measured)}
<h3>${words.measured.coverage}</h3>
${coverage(content, coverageRows(measured))}
<h3>${words.measured.excluded}</h3>
${exclusions(content, measured)}
${opinion(content, measured)}
<p class="small">${words.measured.evaluated(formats.instant(evaluated_at))}</p>
</section>`;
}

function pending({ words }: ReportContent, { pending: names }: ReportMeasured): Html | null {
  if (names.length === 0) return null;
  const said = names.map((name) => words.measured.pendingNames[name] ?? name).join(", ");
  return html`<div class="notice" role="note"><p>${words.measured.pending}: ${brief(said)}.</p></div>`;
}

function suggested({ words }: ReportContent, { suggested_flags: flags }: ReportMeasured): Html {
  if (flags.length === 0) return html`<p>${words.measured.noneSuggested}</p>`;
  return html`<p>${words.measured.suggestedHint}</p>
<ul>${flags.map((flag) => html`<li>${words.names.evidences[flag]}</li>`)}</ul>`;
}

function coverage(content: ReportContent, rows: readonly CoverageRow[]): Html {
  const { words } = content;
  return html`<div class="wide"><table>
<thead><tr><th scope="col">${words.measured.analysis}</th><th scope="col">${words.measured.outcome}</th><th scope="col">${words.measured.note}</th></tr></thead>
<tbody>${rows.map((row) => {
    const outcome = row.done
      ? `${DONE_SYMBOL} ${words.measured.done}`
      : `${NOT_DONE_SYMBOL} ${words.measured.notDone}`;
    return html`<tr><th scope="row">${words.names.analyses[row.name]}</th><td>${outcome}</td><td class="foreign">${brief(whyNot(row, content))}</td></tr>
`;
  })}</tbody>
</table></div>`;
}

function exclusions({ words }: ReportContent, measured: ReportMeasured): Html {
  const names = excludedNames(measured, words);
  if (names.length === 0) return html`<p>${words.measured.nothingExcluded}</p>`;
  return html`<ul>${names.map((name) => html`<li>${name}</li>`)}</ul>`;
}

function opinion({ words, formats }: ReportContent, { opinion: remark }: ReportMeasured): Html | null {
  if (remark === undefined) return null;
  return html`<h3>${words.measured.opinion}</h3>
<p class="small">${foreign(words.measured.opinionHint(clip(remark.model, LONGEST_NAME), formats.instant(remark.at)))}</p>
<blockquote class="notes" dir="auto">${brief(remark.text, LONGEST_OPINION)}</blockquote>`;
}
