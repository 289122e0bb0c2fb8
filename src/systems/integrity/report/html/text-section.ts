import type { Severity } from "../../../../algorithms/text/finding.ts";
import type { MarkedParagraph, MarkedSegment, MarkedText } from "../content/mark-text.ts";
import type { ReportContent } from "../content/report-content.ts";
import { WHOLE_UP_TO } from "../content/shown-paragraphs.ts";
import { langOf } from "./findings-section.ts";
import { foreign, type Html, html } from "./markup.ts";

const SEVERITIES: readonly Severity[] = ["high", "medium", "low"];

/** The text with its findings in their places; null where it is not kept. */
export function textSection(content: ReportContent, marked: MarkedText | null): Html {
  const { words, formats } = content;
  if (marked === null) {
    return html`<section aria-labelledby="text"><h2 id="text">${words.text.heading}</h2><p>${words.text.gone}</p></section>`;
  }
  return html`<section aria-labelledby="text">
<h2 id="text">${words.text.heading}</h2>
<p>${words.text.legend}${!marked.isWhole && html` ${words.text.excerptsOnly(formats.whole(WHOLE_UP_TO))}`}</p>
<ul class="legend"><li><mark class="similar">${words.text.similar}</mark></li>${SEVERITIES.map(
    (severity) =>
      html`<li><mark class="${severity}">${words.text.finding(words.names.severities[severity])}</mark></li>`,
  )}<li><mark class="similar low">${words.text.both}</mark></li></ul>
<div class="text" dir="auto"${langOf(content.textLanguage)}>
${marked.paragraphs.map((paragraph) => paragraphOf(paragraph, content))}${skipped(marked.skippedAtEnd, content)}</div>
</section>`;
}

function paragraphOf(paragraph: MarkedParagraph, content: ReportContent): Html {
  const { segments, cutBefore, cutAfter } = paragraph;
  return html`${skipped(paragraph.skipped, content)}<p dir="auto">${cutBefore && "… "}${segments.map(
    (segment) => segmentOf(segment, content),
  )}${cutAfter && " …"}</p>
`;
}

function segmentOf({ text, severity, similar, begins }: MarkedSegment, content: ReportContent): Html {
  const classes = [...(similar ? ["similar"] : []), ...(severity === null ? [] : [severity])].join(" ");
  const shown = foreign(text);
  return html`${begins.map((number) => anchor(number, content))}${
    classes === "" ? shown : html`<mark class="${classes}">${shown}</mark>`
  }`;
}

function anchor(number: number, { words, formats }: ReportContent): Html {
  const said = formats.whole(number);
  return html`<a class="anchor" id="t${number}" href="#f${number}" aria-label="${words.findings.number(said)}">${said}</a>`;
}

function skipped(count: number, { words, formats }: ReportContent): Html | null {
  if (count === 0) return null;
  return html`<p class="skipped">[… ${words.text.skipped(formats.whole(count))} …]</p>
`;
}
