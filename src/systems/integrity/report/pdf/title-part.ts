import { clip } from "../content/cut-text.ts";
import type { ReportContent } from "../content/report-content.ts";
import { drawFacts } from "./draw-facts.ts";
import { ACCENT, MUTED, NOTICE, SIZES } from "./look.ts";
import type { PageFlow } from "./page-flow.ts";

const LONGEST_TITLE = 300;
const LONGEST_NAME = 200;

/** Whose text it is, and that no program decides. */
export function titlePart(flow: PageFlow, content: ReportContent): void {
  const { words, formats, input } = content;
  flow.paragraph([{ text: words.head.kind, bold: true }], { size: SIZES.small, colour: ACCENT, after: 2 });
  flow.heading(clip(input.case.title ?? words.head.untitled, LONGEST_TITLE), 1);
  drawFacts(
    flow,
    facts(content).map(([name, value]) => [name, clip(value, LONGEST_NAME)]),
  );
  flow.space(8);
  flow.paragraph([{ text: `${words.head.noVerdict} `, bold: true }, { text: words.head.personDecides }], {
    indent: 10,
    rule: ACCENT,
    background: NOTICE,
    after: 8,
  });
  const made = words.head.generated(formats.instant(input.generatedAt), input.version);
  flow.paragraph([{ text: `${made} ${words.print.contextOnly}` }], { size: SIZES.small, colour: MUTED });
}

function facts({ words: { head, names, reviews }, formats, input }: ReportContent): [string, string][] {
  const { author, role, product_type, analyzed_at, case_id, text_length, file } = input.case;
  return [
    [head.author, author ?? head.unknownAuthor],
    [head.role, names.roles[role]],
    [head.product, names.products[product_type]],
    [head.analysed, formats.instant(analyzed_at)],
    [head.caseId, case_id],
    [head.length, head.characters(formats.whole(text_length))],
    ...(file === null ? [] : [[head.file, file.filename] satisfies [string, string]]),
    [head.state, reviews.states[input.reviews.state]],
  ];
}
