import type { RegionGraph } from "./region-graph.ts";

/** Which panel each region lies in, from 0 on: regions that hang together, gutters being no regions. O(edges). */
export function panelsOfRegions({
  offsets,
  neighbours,
}: Pick<RegionGraph, "offsets" | "neighbours">): Int32Array {
  const panels = new Int32Array(Math.max(0, offsets.length - 1)).fill(-1);
  let panel = 0;
  for (const first of panels.keys()) {
    if (panels[first] !== -1) continue;
    const waiting = [first];
    panels[first] = panel;
    for (let region = waiting.pop(); region !== undefined; region = waiting.pop())
      for (let edge = offsets[region] as number; edge < (offsets[region + 1] as number); edge++) {
        const next = neighbours[edge] as number;
        if (panels[next] !== -1) continue;
        panels[next] = panel;
        waiting.push(next);
      }
    panel++;
  }
  return panels;
}
