import { clip } from "../content/cut-text.ts";
import type { PassagePair, ShownPassage } from "../content/passage-pairs.ts";
import type { ReportContent } from "../content/report-content.ts";
import { documentTitle } from "../content/said-values.ts";
import { type Cell, drawTable } from "./draw-table.ts";
import { MUTED, SIMILAR_TINT } from "./look.ts";
import type { PageFlow } from "./page-flow.ts";

const LONGEST_TITLE = 120;
/** Points that a pair's heading wants behind it. */
const A_PAIR = 110;

/** Similar passages beside what they resemble; none begins behind a page. */
export function pairsPart(flow: PageFlow, content: ReportContent, lastPage: number): void {
  const { words, formats, pairs } = content;
  if (pairs.pairs.length === 0) return;
  flow.heading(words.pairs.heading, 2, 2 * A_PAIR);
  flow.paragraph([{ text: words.pairs.intro }], { after: 8 });
  let leftOut = pairs.leftOut;
  for (const pair of pairs.pairs) {
    if (flow.page > lastPage) leftOut++;
    else drawPair(flow, pair, content);
  }
  if (leftOut > 0) flow.paragraph([{ text: words.pairs.leftOut(formats.whole(leftOut)), bold: true }]);
}

function drawPair(
  flow: PageFlow,
  { number, source, here, there }: PassagePair,
  content: ReportContent,
): void {
  const { words, formats } = content;
  const agreement = words.pairs.agreement(formats.percent(source.similarity));
  flow.heading(`${words.findings.number(formats.whole(number))}: ${agreement}`, 3, A_PAIR);
  const title = clip(documentTitle(source, content), LONGEST_TITLE);
  drawTable(
    flow,
    [
      { heading: words.pairs.here, share: 0.5 },
      { heading: `${words.pairs.there}: ${title} (${clip(source.id, LONGEST_TITLE)})`, share: 0.5 },
    ],
    [[passage(here, content), passage(there, content)]],
  );
}

function passage(shown: ShownPassage, { words }: ReportContent): Cell {
  if (shown === null) return { runs: [{ text: words.pairs.textGone, colour: MUTED }] };
  const runs = shown.pieces.map(({ text, matched }) => (matched ? { text, tint: SIMILAR_TINT } : { text }));
  return shown.isCut
    ? { runs: [...runs, { text: "… " }, { text: words.pairs.goesOn, colour: MUTED }] }
    : { runs };
}
