import { coverageRows } from "../content/coverage-rows.ts";
import { clip } from "../content/cut-text.ts";
import { excludedNames } from "../content/exclusion-names.ts";
import type { ReportContent } from "../content/report-content.ts";
import { DONE_SYMBOL, LEVEL_SYMBOLS, NOT_DONE_SYMBOL } from "../content/symbols.ts";
import { whyNot } from "../content/why-not.ts";
import type { ReportMeasured } from "../report-input.ts";
import { bullets } from "./draw-list.ts";
import { drawTable } from "./draw-table.ts";
import { ACCENT, LEVEL_COLOURS, MUTED, NOTICE, RULE, SIZES } from "./look.ts";
import type { PageFlow } from "./page-flow.ts";

const LONGEST_NOTE = 300;
const LONGEST_OPINION = 3_000;

/** What programs say of the text as a whole, and what they could not say. */
export function measuredPart(flow: PageFlow, content: ReportContent, measured: ReportMeasured): void {
  const { words, formats } = content;
  flow.heading(words.measured.heading, 2);
  flow.paragraph([{ text: words.measured.badge, bold: true }], {
    indent: 10,
    rule: ACCENT,
    background: NOTICE,
  });
  flow.paragraph([{ text: words.measured.apart }]);
  if (measured.pending.length > 0) {
    const said = measured.pending.map((name) => words.measured.pendingNames[name] ?? name).join(", ");
    flow.paragraph([{ text: `${words.measured.pending}: ${clip(said, LONGEST_NOTE)}.`, bold: true }]);
  }
  figures(flow, content, measured);
  flow.heading(words.measured.suggested, 3);
  if (measured.suggested_flags.length > 0) flow.paragraph([{ text: words.measured.suggestedHint }]);
  const suggested = measured.suggested_flags.map((flag) => words.names.evidences[flag]);
  bullets(flow, suggested, words.measured.noneSuggested);
  flow.heading(words.measured.coverage, 3);
  coverage(flow, content, measured);
  flow.heading(words.measured.excluded, 3);
  bullets(flow, excludedNames(measured, words), words.measured.nothingExcluded);
  opinion(flow, content, measured);
  const evaluated = words.measured.evaluated(formats.instant(measured.evaluated_at));
  flow.paragraph([{ text: evaluated }], { size: SIZES.small, colour: MUTED, after: 8 });
}

function figures(flow: PageFlow, { words, formats }: ReportContent, measured: ReportMeasured): void {
  const { combined_score, combined_level: level, similarity_share } = measured;
  flow.paragraph(
    [
      { text: `${words.measured.combined}: ` },
      { text: `${formats.whole(combined_score)} `, bold: true },
      { text: `${words.score.outOf} `, colour: MUTED },
      {
        text: `${LEVEL_SYMBOLS[level]} ${words.names.levels[level]}`,
        bold: true,
        colour: LEVEL_COLOURS[level],
      },
    ],
    { size: 10.5, after: 1 },
  );
  flow.paragraph([{ text: words.measured.combinedHint }], { size: SIZES.small, colour: MUTED });
  flow.paragraph(
    [
      { text: `${words.measured.share}: ` },
      { text: formats.percent(similarity_share), bold: true },
      { text: ` ${words.measured.shareOfWords}`, colour: MUTED },
    ],
    { size: 10.5, after: 9 },
  );
}

function coverage(flow: PageFlow, content: ReportContent, measured: ReportMeasured): void {
  const { words } = content;
  drawTable(
    flow,
    [
      { heading: words.measured.analysis, share: 0.37 },
      { heading: words.measured.outcome, share: 0.2 },
      { heading: words.measured.note, share: 0.43 },
    ],
    coverageRows(measured).map((row) => {
      const outcome = row.done
        ? `${DONE_SYMBOL} ${words.measured.done}`
        : `${NOT_DONE_SYMBOL} ${words.measured.notDone}`;
      return [
        { runs: [{ text: words.names.analyses[row.name] }] },
        { runs: [{ text: outcome }] },
        { runs: [{ text: clip(whyNot(row, content), LONGEST_NOTE) }] },
      ];
    }),
  );
}

function opinion(
  flow: PageFlow,
  { words, formats }: ReportContent,
  { opinion: remark }: ReportMeasured,
): void {
  if (remark === undefined) return;
  flow.heading(words.measured.opinion, 3);
  const hint = words.measured.opinionHint(clip(remark.model, LONGEST_NOTE), formats.instant(remark.at));
  flow.paragraph([{ text: hint }], { size: SIZES.small, colour: MUTED });
  flow.paragraph([{ text: clip(remark.text, LONGEST_OPINION) }], { indent: 10, rule: RULE, after: 8 });
}
