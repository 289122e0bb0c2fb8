import type { Severity } from "../../../../algorithms/text/finding.ts";
import { excerptOf } from "../content/excerpt.ts";
import type { FindingGroup, NumberedFinding } from "../content/numbered-findings.ts";
import type { ReportContent } from "../content/report-content.ts";
import { documentTitle, smallPrint } from "../content/said-values.ts";
import { SEVERITY_SYMBOLS } from "../content/symbols.ts";
import type { ReportFinding } from "../report-input.ts";
import { brief, foreign, type Html, html } from "./markup.ts";

const EXCERPT = { context: 120, longest: 400 };
const LONGEST_EXPLANATION = 2_000;
const SEVERITIES: readonly Severity[] = ["high", "medium", "low"];

/** Findings by dimension. `anchored`: numbers that stand in the text as well. */
export function findingsSection(content: ReportContent, anchored: ReadonlySet<number>): Html {
  const { words, formats, findings, input } = content;
  if (findings.listed.length === 0) {
    return html`<section aria-labelledby="findings"><h2 id="findings">${words.findings.heading}</h2><p>${words.findings.none}</p></section>`;
  }
  return html`<section aria-labelledby="findings">
<h2 id="findings">${words.findings.heading}</h2>
<p>${words.findings.intro}</p>
<ul class="tally">${SEVERITIES.map(
    (severity) =>
      html`<li class="severity ${severity}">${SEVERITY_SYMBOLS[severity]} ${words.findings.count(formats.whole(findings.bySeverity[severity]), words.names.severities[severity])}</li>`,
  )}</ul>
${input.text === null && html`<p>${words.findings.textGone}</p>`}
${findings.groups.map((group) => groupOf(group, content, anchored))}
${findings.leftOut > 0 && html`<p>${words.findings.leftOut(formats.whole(findings.leftOut))}</p>`}
</section>`;
}

function groupOf(group: FindingGroup, content: ReportContent, anchored: ReadonlySet<number>): Html {
  return html`<h3>${content.words.names.dimensions[group.dimension]}</h3>
${group.findings.map((numbered) => entry(numbered, content, anchored))}`;
}

function entry(numbered: NumberedFinding, content: ReportContent, anchored: ReadonlySet<number>): Html {
  const { words, formats } = content;
  const { number, finding } = numbered;
  const { rule, severity, explanation } = finding;
  return html`<article class="finding" id="f${number}">
<h4><span>${formats.whole(number)}. ${words.names.rules[rule]}</span> <span class="severity ${severity}">${SEVERITY_SYMBOLS[severity]} ${words.names.severities[severity]}</span></h4>
<p>${brief(explanation, LONGEST_EXPLANATION)}</p>
${excerpt(numbered, content)}${otherPlace(finding, content)}<p class="small">${foreign(smallPrint(finding, content).join(" · "))} · <code>${rule}</code>${
    anchored.has(number) && html` · <a href="#t${number}">${words.findings.seeInText}</a>`
  }</p>
</article>
`;
}

function excerpt({ place, finding }: NumberedFinding, { input, textLanguage }: ReportContent): Html | null {
  if (place === null || input.text === null) return null;
  const { before, place: found, after } = excerptOf(input.text, place, EXCERPT);
  const kind = finding.rule === "similarity.passage" ? "similar" : finding.severity;
  return html`<blockquote dir="auto"${langOf(textLanguage)}>${foreign(before)}<mark class="${kind}">${foreign(found)}</mark>${foreign(after)}</blockquote>
`;
}

/** The attribute that says which language a piece of the text is in; nothing where it is not known. */
export function langOf(language: string | null): Html | null {
  return language === null ? null : html` lang="${language}"`;
}

function otherPlace({ source }: ReportFinding, content: ReportContent): Html | null {
  if (source === undefined) return null;
  const { words } = content;
  const notes = [words.sources.kinds[source.kind], ...(source.same_author ? [words.sources.sameAuthor] : [])];
  return html`<p>${words.findings.alsoIn}: <bdi>${brief(documentTitle(source, content))}</bdi> (${notes.join(", ")}, <code>${brief(source.id)}</code>)</p>
`;
}
