import { clip } from "./content/cut-text.ts";
import { spellInvisible } from "./content/invisible-characters.ts";
import { type MarkedText, markText } from "./content/mark-text.ts";
import { type ReportContent, reportContent } from "./content/report-content.ts";
import { findingsSection } from "./html/findings-section.ts";
import { limitsSection } from "./html/limits-section.ts";
import { Html, html } from "./html/markup.ts";
import { measuredSection } from "./html/measured-section.ts";
import { pairsSection } from "./html/pairs-section.ts";
import { reviewsSection } from "./html/reviews-section.ts";
import { scoreSection } from "./html/score-section.ts";
import { signalsSection } from "./html/signals-section.ts";
import { sourcesSection } from "./html/sources-section.ts";
import { STYLE_SHEET } from "./html/style-sheet.ts";
import { textSection } from "./html/text-section.ts";
import { type ContentsEntry, titleSection } from "./html/title-section.ts";
import type { ReportInput, ReportMeasured } from "./report-input.ts";

const LIMITS = { findings: 1_000, pairs: { most: 50, words: 400 } };

const LONGEST_TITLE = 300;

/** Nothing is loaded and nothing runs, wherever the file is opened. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/**
 * The report of a case as one HTML document that needs nothing else. The same input gives the same document.
 *
 * Complexity: O(text + findings log findings); of texts over 200,000 characters what surrounds the findings is shown.
 * Source: spec/integrity.md section 3, "Around it".
 */
export function renderHtml(input: ReportInput): string {
  const content = reportContent(input, LIMITS);
  const { words } = content;
  const { measured } = input.case;
  const marked = input.text === null ? null : markText(input.text, content.findings.listed);
  const title = `${input.case.title ?? words.head.untitled} · ${words.head.kind}`;
  const document = html`<!DOCTYPE html>
<html lang="${input.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${clip(spellInvisible(title), LONGEST_TITLE)}</title>
<style>${new Html(STYLE_SHEET)}</style>
</head>
<body>
<main>
${titleSection(content, contentsOf(content))}
${scoreSection(content)}
${measured === null ? unmeasured(content, marked) : measuredPart(content, measured, marked)}
${reviewsSection(content)}
${measured !== null && limitsSection(content, measured)}
</main>
</body>
</html>
`;
  return document.markup;
}

/** Everything that programs say, in a frame of its own. */
function measuredPart(content: ReportContent, measured: ReportMeasured, marked: MarkedText | null): Html {
  return html`<div class="measured">
<p class="badge">${content.words.measured.badge}</p>
${measuredSection(content, measured)}
${findingsSection(content, marked?.anchored ?? new Set())}
${sourcesSection(content, measured)}
${pairsSection(content)}
${textSection(content, marked)}
${signalsSection(content, measured)}
</div>`;
}

function unmeasured(content: ReportContent, marked: MarkedText | null): Html {
  const { measured } = content.words;
  return html`<section aria-labelledby="measured"><h2 id="measured">${measured.heading}</h2><p>${measured.absent}</p></section>
${textSection(content, marked)}`;
}

function contentsOf({ words, pairs, input }: ReportContent): ContentsEntry[] {
  const measured = [
    { id: "findings", heading: words.findings.heading },
    { id: "sources", heading: words.sources.heading },
    ...(pairs.pairs.length > 0 ? [{ id: "pairs", heading: words.pairs.heading }] : []),
    { id: "text", heading: words.text.heading },
    { id: "signals", heading: words.signals.heading },
  ];
  return [
    { id: "score", heading: words.score.heading },
    { id: "measured", heading: words.measured.heading },
    ...(input.case.measured === null ? [{ id: "text", heading: words.text.heading }] : measured),
    { id: "reviews", heading: words.reviews.heading },
    ...(input.case.measured === null ? [] : [{ id: "limits", heading: words.limits.heading }]),
  ];
}
