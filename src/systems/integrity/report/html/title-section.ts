import type { ReportContent } from "../content/report-content.ts";
import { brief, type Html, html } from "./markup.ts";

const LONGEST_TITLE = 1_000;

/** A part of the report that the list of contents leads to. */
export interface ContentsEntry {
  readonly id: string;
  readonly heading: string;
}

/** Whose text it is, and that no program decides. */
export function titleSection(content: ReportContent, contents: readonly ContentsEntry[]): Html {
  const { words, input } = content;
  return html`<header>
<p class="kicker">${words.head.kind}</p>
<h1 dir="auto">${brief(input.case.title ?? words.head.untitled, LONGEST_TITLE)}</h1>
<dl class="facts">${facts(content)}</dl>
<div class="notice" role="note"><p><strong>${words.head.noVerdict}</strong> ${words.head.personDecides}</p></div>
<nav aria-label="${words.head.contents}"><ul class="contents">${contents.map(
    ({ id, heading }) => html`<li><a href="#${id}">${heading}</a></li>`,
  )}</ul></nav>
<p class="small">${words.head.generated(content.formats.instant(input.generatedAt), input.version)}</p>
</header>`;
}

function facts({ words: { head, names, reviews }, formats, input }: ReportContent): Html[] {
  const { author, role, product_type, analyzed_at, case_id, text_length, file } = input.case;
  return [
    fact(head.author, html`<bdi>${brief(author ?? head.unknownAuthor)}</bdi>`),
    fact(head.role, html`${names.roles[role]}`),
    fact(head.product, html`${names.products[product_type]}`),
    fact(head.analysed, html`<time datetime="${analyzed_at}Z">${formats.instant(analyzed_at)}</time>`),
    fact(head.caseId, html`<code>${brief(case_id)}</code>`),
    fact(head.length, html`${head.characters(formats.whole(text_length))}`),
    ...(file === null ? [] : [fact(head.file, html`<bdi>${brief(file.filename)}</bdi>`)]),
    fact(head.state, html`${reviews.states[input.reviews.state]}`),
  ];
}

function fact(name: string, value: Html): Html {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}
