import { DIMENSIONS } from "../../../../contracts/integrity/index.ts";
import { clip } from "../content/cut-text.ts";
import type { ReportContent } from "../content/report-content.ts";
import { deriveScore, observationsMade, type ScoreDerivation } from "../content/score-derivation.ts";
import { LEVEL_SYMBOLS } from "../content/symbols.ts";
import { bullets } from "./draw-list.ts";
import { type Cell, drawTable } from "./draw-table.ts";
import { LEVEL_COLOURS, MUTED, SIZES } from "./look.ts";
import type { PageFlow } from "./page-flow.ts";

const MOST_RECOMMENDATIONS = 20;
const LONGEST_RECOMMENDATION = 400;

/** The headline, and how each of its points arose. */
export function scorePart(flow: PageFlow, content: ReportContent): void {
  const { words, formats, input } = content;
  const { overall_score, overall_level: level, confidence } = input.case;
  flow.heading(words.score.heading, 2);
  flow.paragraph([{ text: formats.whole(overall_score), bold: true }], { size: SIZES.figure, after: 0 });
  flow.paragraph(
    [
      { text: `${words.score.outOf} · `, colour: MUTED },
      { text: `${words.score.level}: ` },
      {
        text: `${LEVEL_SYMBOLS[level]} ${words.names.levels[level]}`,
        bold: true,
        colour: LEVEL_COLOURS[level],
      },
      { text: ` · ${words.score.confidence}: ` },
      { text: formats.percent(confidence), bold: true },
    ],
    { size: 10.5 },
  );
  flow.paragraph([{ text: words.score.confidenceMeaning }], { size: SIZES.small, colour: MUTED, after: 8 });
  flow.heading(words.score.arose, 3);
  derivation(flow, content);
  flow.heading(words.score.made, 3);
  const made = observationsMade(input.case).map((evidence) => words.names.evidences[evidence]);
  bullets(flow, made, words.score.noneMade);
  flow.heading(words.score.recommendations, 3);
  const lines = input.case.recommendations
    .slice(0, MOST_RECOMMENDATIONS)
    .map((line) => words.recommendations[line] ?? clip(line, LONGEST_RECOMMENDATION));
  bullets(flow, lines, words.score.noRecommendations);
}

function derivation(flow: PageFlow, content: ReportContent): void {
  const { words, formats, input } = content;
  const { role, product_type, overall_score } = input.case;
  const derived = deriveScore(input.case);
  if (derived === null) {
    flow.paragraph([{ text: words.score.takenOver }]);
    drawTable(
      flow,
      [
        { heading: words.score.dimension, share: 0.4 },
        { heading: words.score.value, share: 0.6 },
      ],
      DIMENSIONS.map((name) => [
        { runs: [{ text: words.names.dimensions[name] }] },
        valueCell(input.case.dimensions[name]),
      ]),
    );
    return;
  }
  const factors = [
    formats.decimal(derived.roleFactor, 1),
    formats.decimal(derived.productFactor, 1),
  ] as const;
  const names = [words.names.roles[role], words.names.products[product_type]] as const;
  flow.paragraph([{ text: words.score.factors(names[0], factors[0], names[1], factors[1]) }]);
  drawTable(
    flow,
    [
      { heading: words.score.dimension, share: 0.21 },
      { heading: words.score.observations, share: 0.31 },
      { heading: words.score.calculation, share: 0.17 },
      { heading: words.score.value, share: 0.21 },
      { heading: words.score.points, share: 0.1, align: "right" },
    ],
    derived.dimensions.map((dimension) => derivedRow(dimension, factors, content)),
  );
  flow.paragraph([{ text: words.score.sum(formats.decimal(derived.sum, 1), formats.whole(overall_score)) }]);
}

function derivedRow(
  { dimension, observations, base, value, points }: ScoreDerivation["dimensions"][number],
  factors: readonly string[],
  { words, formats }: ReportContent,
): Cell[] {
  const made = observations.map(
    ({ evidence, weight }) => `${words.names.evidences[evidence]} (${formats.decimal(weight, 1)})`,
  );
  return [
    { runs: [{ text: words.names.dimensions[dimension] }] },
    {
      runs: made.length === 0 ? [{ text: words.score.noneHere, colour: MUTED }] : [{ text: made.join("; ") }],
    },
    { runs: [{ text: [formats.decimal(base, 1), ...factors].join(" × ") }] },
    valueCell(value),
    { runs: [{ text: formats.decimal(points, 1) }] },
  ];
}

function valueCell(value: number): Cell {
  return { runs: [{ text: String(value), bold: true }], bar: value / 100 };
}
