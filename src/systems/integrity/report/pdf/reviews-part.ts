import { clip } from "../content/cut-text.ts";
import type { ReportContent } from "../content/report-content.ts";
import { reviewName } from "../content/review-name.ts";
import type { ReportInput } from "../report-input.ts";
import { MUTED, RULE, SIZES } from "./look.ts";
import type { PageFlow } from "./page-flow.ts";

const MOST_REVIEWS = 20;
const LONGEST_NOTES = 1_500;
const LONGEST_NAME = 160;
const MOST_LINES = 40;
const ROOM_TO_BEGIN = 60;

/** What people decided, and what was said against it: the latest ones, none begun behind a page. */
export function reviewsPart(flow: PageFlow, content: ReportContent, lastPage: number): void {
  const { words, formats, input } = content;
  const { state, reviews } = input.reviews;
  flow.heading(words.reviews.heading, 2);
  flow.paragraph([{ text: `${words.head.state}: ` }, { text: words.reviews.states[state], bold: true }]);
  if (reviews.length === 0) {
    flow.paragraph([{ text: words.reviews.none }], { after: 8 });
    return;
  }
  const latest = reviews.slice(-MOST_REVIEWS);
  const leftOut = reviews.length - latest.length;
  if (leftOut > 0) flow.paragraph([{ text: words.reviews.leftOut(formats.whole(leftOut)) }]);
  for (const review of latest) if (flow.page <= lastPage) entry(flow, review, content);
}

function entry(
  flow: PageFlow,
  review: ReportInput["reviews"]["reviews"][number],
  content: ReportContent,
): void {
  const { words, formats } = content;
  flow.ensure(ROOM_TO_BEGIN);
  flow.paragraph(
    [
      { text: `${reviewName(review, words)} · `, bold: true },
      { text: `${clip(review.by, LONGEST_NAME)}, ${formats.instant(review.at)}`, colour: MUTED },
    ],
    { tag: "H3", after: 2 },
  );
  const notes = review.notas.trim();
  if (notes === "") {
    flow.paragraph([{ text: words.reviews.noNotes }], { size: SIZES.small, colour: MUTED, after: 8 });
    return;
  }
  const lines = clip(notes, LONGEST_NOTES).split(/\n+/);
  for (const line of lines.slice(0, MOST_LINES)) {
    flow.paragraph([{ text: line }], { indent: 12, rule: RULE, after: 0 });
  }
  if (notes.length > LONGEST_NOTES || lines.length > MOST_LINES) {
    flow.paragraph([{ text: words.print.notesCut }], {
      size: SIZES.small,
      colour: MUTED,
      indent: 12,
      after: 0,
    });
  }
  flow.space(9);
}
