import type { ReportContent } from "../content/report-content.ts";
import { reviewName } from "../content/review-name.ts";
import type { ReportInput } from "../report-input.ts";
import { brief, type Html, html } from "./markup.ts";

const MOST_REVIEWS = 50;
/** As the contract has it. */
const LONGEST_NOTES = 20_000;

/** What people decided, and what was said against it. */
export function reviewsSection(content: ReportContent): Html {
  const { words, formats, input } = content;
  const { state, reviews } = input.reviews;
  const leftOut = Math.max(0, reviews.length - MOST_REVIEWS);
  return html`<section aria-labelledby="reviews">
<h2 id="reviews">${words.reviews.heading}</h2>
<p>${words.head.state}: <strong>${words.reviews.states[state]}</strong></p>
${leftOut > 0 && html`<p>${words.reviews.leftOut(formats.whole(leftOut))}</p>`}
${
  reviews.length === 0
    ? html`<p>${words.reviews.none}</p>`
    : html`<div class="wide"><table>
<thead><tr><th scope="col">${words.reviews.what}</th><th scope="col">${words.reviews.who}</th><th scope="col">${words.reviews.when}</th><th scope="col">${words.reviews.notes}</th></tr></thead>
<tbody>${reviews.slice(leftOut).map((review) => row(review, content))}</tbody>
</table></div>`
}
</section>`;
}

function row(review: ReportInput["reviews"]["reviews"][number], { words, formats }: ReportContent): Html {
  const { by, at, notas } = review;
  return html`<tr><th scope="row">${reviewName(review, words)}</th><td class="foreign"><bdi>${brief(by)}</bdi></td><td><time datetime="${at}Z">${formats.instant(at)}</time></td><td class="notes foreign" dir="auto">${
    notas.trim() === ""
      ? html`<span class="small">${words.reviews.noNotes}</span>`
      : brief(notas, LONGEST_NOTES)
  }</td></tr>
`;
}
