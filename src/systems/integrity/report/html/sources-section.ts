import type { ReportContent } from "../content/report-content.ts";
import { documentTitle } from "../content/said-values.ts";
import type { ReportMeasured } from "../report-input.ts";
import { brief, type Html, html } from "./markup.ts";

const MOST_SOURCES = 100;

/** Documents that share passages, the largest share first. */
export function sourcesSection(content: ReportContent, { similarity }: ReportMeasured): Html {
  const { words, formats } = content;
  const leftOut = similarity.length - MOST_SOURCES;
  return html`<section aria-labelledby="sources">
<h2 id="sources">${words.sources.heading}</h2>
${
  similarity.length === 0
    ? html`<p>${words.sources.none}</p>`
    : html`<div class="wide"><table>
<thead><tr><th scope="col">${words.sources.source}</th><th scope="col">${words.sources.kind}</th><th scope="col" class="number">${words.sources.share}</th><th scope="col" class="number">${words.sources.words}</th><th scope="col" class="number">${words.sources.passages}</th></tr></thead>
<tbody>${similarity.slice(0, MOST_SOURCES).map((source) => row(source, content))}</tbody>
</table></div>`
}
${leftOut > 0 && html`<p>${words.sources.leftOut(formats.whole(leftOut))}</p>`}
</section>`;
}

function row(source: ReportMeasured["similarity"][number], content: ReportContent): Html {
  const { words, formats } = content;
  const { kind, id, author, share, matched_words, passages, same_author } = source;
  return html`<tr><th scope="row" class="foreign"><bdi>${brief(documentTitle(source, content))}</bdi><br><span class="small">${
    author !== null && html`<bdi>${brief(author)}</bdi> · `
  }<code>${brief(id)}</code></span></th>
<td>${words.sources.kinds[kind]}${same_author && html`<br><span class="small">${words.sources.sameAuthor}</span>`}</td>
<td class="number">${formats.percent(share)}</td><td class="number">${formats.whole(matched_words)}</td><td class="number">${formats.whole(passages)}</td></tr>
`;
}
