import { clip } from "../content/cut-text.ts";
import type { ReportContent } from "../content/report-content.ts";
import { documentTitle } from "../content/said-values.ts";
import type { ReportMeasured } from "../report-input.ts";
import { type Cell, drawTable } from "./draw-table.ts";
import { MUTED } from "./look.ts";
import type { PageFlow } from "./page-flow.ts";

const MOST_SOURCES = 20;
const LONGEST_TITLE = 160;
const LONGEST_NAME = 80;

/** Documents that share passages, the largest share first. */
export function sourcesPart(flow: PageFlow, content: ReportContent, { similarity }: ReportMeasured): void {
  const { words, formats } = content;
  flow.heading(words.sources.heading, 2);
  if (similarity.length === 0) {
    flow.paragraph([{ text: words.sources.none }], { after: 8 });
    return;
  }
  drawTable(
    flow,
    [
      { heading: words.sources.source, share: 0.47 },
      { heading: words.sources.kind, share: 0.14 },
      { heading: words.sources.share, share: 0.13, align: "right" },
      { heading: words.sources.words, share: 0.14, align: "right" },
      { heading: words.sources.passages, share: 0.12, align: "right" },
    ],
    similarity.slice(0, MOST_SOURCES).map((source) => row(source, content)),
  );
  const leftOut = similarity.length - MOST_SOURCES;
  if (leftOut > 0) flow.paragraph([{ text: words.sources.leftOut(formats.whole(leftOut)) }]);
}

function row(source: ReportMeasured["similarity"][number], content: ReportContent): Cell[] {
  const { words, formats } = content;
  const { kind, id, author, share, matched_words, passages, same_author } = source;
  const notes = [
    ...(author === null ? [] : [clip(author, LONGEST_NAME)]),
    clip(id, LONGEST_NAME),
    ...(same_author ? [words.sources.sameAuthor] : []),
  ].join(" · ");
  return [
    {
      runs: [
        { text: `${clip(documentTitle(source, content), LONGEST_TITLE)} ` },
        { text: `(${notes})`, colour: MUTED },
      ],
    },
    { runs: [{ text: words.sources.kinds[kind] }] },
    { runs: [{ text: formats.percent(share) }] },
    { runs: [{ text: formats.whole(matched_words) }] },
    { runs: [{ text: formats.whole(passages) }] },
  ];
}
