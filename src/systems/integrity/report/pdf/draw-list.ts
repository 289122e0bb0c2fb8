import type { PageFlow } from "./page-flow.ts";

/** Lines with bullets, or a sentence where there are none. */
export function bullets(flow: PageFlow, lines: readonly string[], none: string): void {
  if (lines.length === 0) {
    flow.paragraph([{ text: none }], { after: 8 });
    return;
  }
  flow.inside("L", () => {
    for (const line of lines) flow.paragraph([{ text: `• ${line}` }], { tag: "LI", indent: 6, after: 1 });
  });
  flow.space(7);
}
