import { recognisedLanguage } from "../content/recognised-language.ts";
import type { ReportContent } from "../content/report-content.ts";
import { signalRows } from "../content/signal-rows.ts";
import type { ReportMeasured } from "../report-input.ts";
import { drawTable } from "./draw-table.ts";
import type { PageFlow } from "./page-flow.ts";

/** Figures that describe the text. */
export function signalsPart(flow: PageFlow, content: ReportContent, measured: ReportMeasured): void {
  const { words, formats } = content;
  const rows = signalRows(measured, formats);
  flow.heading(words.signals.heading, 2);
  if (rows.length === 0) {
    flow.paragraph([{ text: words.signals.none }], { after: 8 });
    return;
  }
  flow.paragraph([{ text: words.signals.intro }]);
  const language = [words.signals.language, recognisedLanguage(content)] as const;
  const figures = rows.map(({ name, value }) => [words.signals.names[name], value] as const);
  drawTable(
    flow,
    [
      { heading: words.signals.figure, share: 0.62 },
      { heading: words.signals.value, share: 0.38 },
    ],
    [language, ...figures].map(([name, value]) => [{ runs: [{ text: name }] }, { runs: [{ text: value }] }]),
  );
}
