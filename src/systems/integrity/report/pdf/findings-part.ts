import type { Severity } from "../../../../algorithms/text/finding.ts";
import { clip } from "../content/cut-text.ts";
import { excerptOf } from "../content/excerpt.ts";
import type { NumberedFinding } from "../content/numbered-findings.ts";
import type { ReportContent } from "../content/report-content.ts";
import { documentTitle, smallPrint } from "../content/said-values.ts";
import { SEVERITY_SYMBOLS } from "../content/symbols.ts";
import { MUTED, RULE, SEVERITY_COLOURS, SEVERITY_TINTS, SIMILAR_TINT, SIZES } from "./look.ts";
import type { PageFlow, Paragraph } from "./page-flow.ts";

const EXCERPT = { context: 200, longest: 240 };
const LONGEST_EXPLANATION = 1_000;
const LONGEST_TITLE = 160;
const SEVERITIES: readonly Severity[] = ["high", "medium", "low"];
/** Points that a group's heading wants behind it: about a finding. */
const A_FINDING = 150;

/** Findings by dimension with what stands around them; none begins behind a page. */
export function findingsPart(flow: PageFlow, content: ReportContent, lastPage: number): void {
  const { words, formats, findings, input } = content;
  flow.heading(words.findings.heading, 2);
  if (findings.listed.length === 0) {
    flow.paragraph([{ text: words.findings.none }], { after: 8 });
    return;
  }
  flow.paragraph([{ text: words.findings.intro }]);
  flow.paragraph(
    SEVERITIES.map((severity, index) => ({
      text: `${index > 0 ? " · " : ""}${SEVERITY_SYMBOLS[severity]} ${words.findings.count(formats.whole(findings.bySeverity[severity]), words.names.severities[severity])}`,
      bold: true,
      colour: SEVERITY_COLOURS[severity],
    })),
    { after: 8 },
  );
  if (input.text === null) flow.paragraph([{ text: words.findings.textGone }]);
  let leftOut = findings.leftOut;
  for (const group of findings.groups) {
    if (flow.page <= lastPage) flow.heading(words.names.dimensions[group.dimension], 3, A_FINDING);
    for (const numbered of group.findings) {
      if (flow.page > lastPage) leftOut++;
      else flow.inside("Div", () => entry(flow, numbered, content));
    }
  }
  if (leftOut > 0) flow.paragraph([{ text: words.findings.leftOut(formats.whole(leftOut)), bold: true }]);
}

function entry(flow: PageFlow, numbered: NumberedFinding, content: ReportContent): void {
  const { words, formats } = content;
  const { number, finding } = numbered;
  const { rule, severity, explanation } = finding;
  flow.together([
    flow.prepare(
      [
        { text: `${formats.whole(number)}. ${words.names.rules[rule]} `, bold: true },
        {
          text: `${SEVERITY_SYMBOLS[severity]} ${words.names.severities[severity]}`,
          bold: true,
          colour: SEVERITY_COLOURS[severity],
        },
      ],
      { tag: "H4", after: 1.5 },
    ),
    flow.prepare([{ text: clip(explanation, LONGEST_EXPLANATION) }], { after: 3 }),
    ...excerpt(flow, numbered, content),
    ...otherPlace(flow, numbered, content),
    flow.prepare([{ text: [...smallPrint(finding, content), rule].join(" · ") }], {
      size: SIZES.small,
      colour: MUTED,
      after: 10,
    }),
  ]);
}

function excerpt(flow: PageFlow, { place, finding }: NumberedFinding, { input }: ReportContent): Paragraph[] {
  if (place === null || input.text === null) return [];
  const { before, place: found, after } = excerptOf(input.text, place, EXCERPT);
  const tint = finding.rule === "similarity.passage" ? SIMILAR_TINT : SEVERITY_TINTS[finding.severity];
  const style = { indent: 12, rule: RULE, after: 3, tag: "BlockQuote" };
  return [flow.prepare([{ text: before }, { text: found, tint }, { text: after }], style)];
}

function otherPlace(
  flow: PageFlow,
  { finding: { source } }: NumberedFinding,
  content: ReportContent,
): Paragraph[] {
  if (source === undefined) return [];
  const { words } = content;
  const notes = [
    words.sources.kinds[source.kind],
    ...(source.same_author ? [words.sources.sameAuthor] : []),
    clip(source.id, LONGEST_TITLE),
  ].join(", ");
  const title = clip(documentTitle(source, content), LONGEST_TITLE);
  return [flow.prepare([{ text: `${words.findings.alsoIn}: ${title} (${notes})` }], { after: 2 })];
}
