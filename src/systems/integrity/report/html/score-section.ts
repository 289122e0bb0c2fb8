import type { Dimension } from "../../../../contracts/integrity/index.ts";
import { DIMENSIONS } from "../../../../contracts/integrity/index.ts";
import type { ReportContent } from "../content/report-content.ts";
import { type DerivedDimension, deriveScore, observationsMade } from "../content/score-derivation.ts";
import { LEVEL_SYMBOLS } from "../content/symbols.ts";
import { brief, type Html, html } from "./markup.ts";

const MOST_LINES = 100;

/** The headline, and how each of its points arose. */
export function scoreSection(content: ReportContent): Html {
  const { words, formats, input } = content;
  const { overall_score, overall_level: level, confidence } = input.case;
  return html`<section aria-labelledby="score">
<h2 id="score">${words.score.heading}</h2>
<dl class="figures">
<div class="largest"><dt class="unseen">${words.score.heading}</dt><dd>${overall_score} <small>${words.score.outOf}</small></dd></div>
<div><dt>${words.score.level}</dt><dd class="${level}">${LEVEL_SYMBOLS[level]} ${words.names.levels[level]}</dd></div>
<div><dt>${words.score.confidence}</dt><dd>${formats.percent(confidence)}</dd></div>
</dl>
<p class="small">${words.score.confidenceMeaning}</p>
<h3>${words.score.arose}</h3>
${derivation(content)}
<h3>${words.score.made}</h3>
${observations(content)}
<h3>${words.score.recommendations}</h3>
${recommendations(content)}
</section>`;
}

function derivation(content: ReportContent): Html {
  const { words, formats, input } = content;
  const derived = deriveScore(input.case);
  if (derived === null) {
    return html`<p>${words.score.takenOver}</p>${plainTable(content)}`;
  }
  const { role, product_type, overall_score } = input.case;
  const factors = [formats.decimal(derived.roleFactor, 1), formats.decimal(derived.productFactor, 1)];
  const explained = words.score.factors(
    words.names.roles[role],
    factors[0]!,
    words.names.products[product_type],
    factors[1]!,
  );
  return html`<p>${explained}</p>
<div class="wide"><table>
<thead><tr><th scope="col">${words.score.dimension}</th><th scope="col">${words.score.observations}</th><th scope="col" class="number">${words.score.calculation}</th><th scope="col">${words.score.value}</th><th scope="col" class="number">${words.score.points}</th></tr></thead>
<tbody>${derived.dimensions.map((dimension) => row(dimension, factors, content))}</tbody>
</table></div>
<p>${words.score.sum(formats.decimal(derived.sum, 1), formats.whole(overall_score))}</p>`;
}

function row(
  { dimension, observations: made, base, value, points }: DerivedDimension,
  factors: readonly string[],
  { words, formats }: ReportContent,
): Html {
  return html`<tr><th scope="row">${words.names.dimensions[dimension]}</th>
<td>${
    made.length === 0
      ? html`<span class="small">${words.score.noneHere}</span>`
      : html`<ul class="plain">${made.map(
          ({ evidence, weight }) =>
            html`<li>${words.names.evidences[evidence]} (${formats.decimal(weight, 1)})</li>`,
        )}</ul>`
  }</td>
<td class="number">${[formats.decimal(base, 1), ...factors].join(" × ")}</td>
<td>${bar(value)}</td>
<td class="number">${formats.decimal(points, 1)}</td></tr>
`;
}

function bar(value: number): Html {
  const width = Math.min(Math.max(value, 0), 100);
  return html`<div class="bar"><span aria-hidden="true"><span style="width:${width}%"></span></span><b>${value}</b></div>`;
}

/** Dimensions whose figures are another server's. */
function plainTable({ words, input }: ReportContent): Html {
  const rows = DIMENSIONS.map(
    (dimension: Dimension) =>
      html`<tr><th scope="row">${words.names.dimensions[dimension]}</th><td>${bar(input.case.dimensions[dimension])}</td></tr>
`,
  );
  return html`<table>
<thead><tr><th scope="col">${words.score.dimension}</th><th scope="col">${words.score.value}</th></tr></thead>
<tbody>${rows}</tbody>
</table>`;
}

function observations({ words, input }: ReportContent): Html {
  const made = observationsMade(input.case);
  if (made.length === 0) return html`<p>${words.score.noneMade}</p>`;
  return html`<ul>${made.map((evidence) => html`<li>${words.names.evidences[evidence]}</li>`)}</ul>`;
}

function recommendations({ words, input }: ReportContent): Html {
  const lines = input.case.recommendations;
  if (lines.length === 0) return html`<p>${words.score.noRecommendations}</p>`;
  return html`<ul>${lines.slice(0, MOST_LINES).map((line) => {
    const translated = words.recommendations[line];
    const isSpanish = translated === undefined && input.language !== "es";
    return isSpanish ? html`<li lang="es">${brief(line)}</li>` : html`<li>${brief(translated ?? line)}</li>`;
  })}</ul>`;
}
