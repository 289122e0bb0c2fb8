import type { PassagePair, ShownPassage } from "../content/passage-pairs.ts";
import type { ReportContent } from "../content/report-content.ts";
import { documentTitle } from "../content/said-values.ts";
import { langOf } from "./findings-section.ts";
import { brief, foreign, type Html, html } from "./markup.ts";

/** Similar passages beside what they resemble; null where there is none. */
export function pairsSection(content: ReportContent): Html | null {
  const { words, formats, pairs } = content;
  if (pairs.pairs.length === 0) return null;
  return html`<section aria-labelledby="pairs">
<h2 id="pairs">${words.pairs.heading}</h2>
<p>${words.pairs.intro}</p>
${pairs.pairs.map((pair) => pairOf(pair, content))}
${pairs.leftOut > 0 && html`<p>${words.pairs.leftOut(formats.whole(pairs.leftOut))}</p>`}
</section>`;
}

function pairOf({ number, source, here, there }: PassagePair, content: ReportContent): Html {
  const { words, formats, textLanguage } = content;
  return html`<div class="pair">
<h3><a href="#f${number}">${words.findings.number(formats.whole(number))}</a>: ${words.pairs.agreement(formats.percent(source.similarity))}</h3>
<div class="sides">
<div><h4>${words.pairs.here}</h4>${passage(here, content, textLanguage)}</div>
<div><h4>${words.pairs.there}: <bdi>${brief(documentTitle(source, content))}</bdi> <code>${brief(source.id)}</code></h4>${passage(there, content, null)}</div>
</div></div>
`;
}

function passage(shown: ShownPassage, { words }: ReportContent, language: string | null): Html {
  if (shown === null) return html`<p class="small">${words.pairs.textGone}</p>`;
  const pieces = shown.pieces.map(({ text, matched }) =>
    matched ? html`<mark class="matched">${foreign(text)}</mark>` : foreign(text),
  );
  return html`<p class="passage" dir="auto"${langOf(language)}>${pieces}${shown.isCut && "…"}</p>${
    shown.isCut && html`<p class="small">${words.pairs.goesOn}</p>`
  }`;
}
