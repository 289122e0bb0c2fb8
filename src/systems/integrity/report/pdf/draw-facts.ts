import { LEADING, MUTED, SIZES } from "./look.ts";
import type { PageFlow } from "./page-flow.ts";

const GAP = 16;

/** Names and values, two beside each other. */
export function drawFacts(flow: PageFlow, facts: readonly (readonly [name: string, value: string])[]): void {
  const width = (flow.width - GAP) / 2;
  const height = SIZES.body * LEADING;
  for (let first = 0; first < facts.length; first += 2) {
    const pair = facts
      .slice(first, first + 2)
      .map(([name, value]) =>
        flow.layOut([{ text: `${name}: `, colour: MUTED }, { text: value }], width, SIZES.body),
      );
    const most = Math.max(...pair.map((lines) => lines.length));
    flow.ensure(most * height);
    pair.forEach((lines, column) => {
      flow.leaf("P").draw(() => {
        lines.forEach((line, index) => {
          flow.drawLine(line, flow.left + column * (width + GAP), flow.y + index * height, SIZES.body);
        });
      });
    });
    flow.space(most * height + 1.5);
  }
}
