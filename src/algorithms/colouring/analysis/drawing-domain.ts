import type { PageKind } from "../../page/prepared-page.ts";

/**
 * In which language a page and the references are compared: `plain` by their grays, `screened` and `inked` by lines
 * and few flat tones, as a page of screentone or of bare ink has them.
 */
export type DrawingDomain = "plain" | "screened" | "inked";

/** The domain a kind of page is compared in. */
export function domainOf(kind: PageKind): DrawingDomain {
  if (kind === "screentone") return "screened";
  return kind === "ink" ? "inked" : "plain";
}

/** Upper bounds of flat tones and what they become, OKLab lightness. */
const LEVELS: Record<DrawingDomain, readonly (readonly [below: number, level: number])[]> = {
  plain: [],
  screened: [
    [0.29, 0.1],
    [0.53, 0.42],
    [0.75, 0.67],
    [2, 1],
  ],
  inked: [
    [0.29, 0.1],
    [2, 1],
  ],
};

/** Half the width of the ramp between two levels: hard steps would make edges of slow gradients. */
const RAMP = 0.03;

/** A tone, OKLab lightness, as a page of the domain can show it. */
export function toneIn(domain: DrawingDomain, tone: number): number {
  const levels = LEVELS[domain];
  for (let index = 0; index < levels.length; index++) {
    const [below, level] = levels[index] as readonly [number, number];
    if (tone >= below + RAMP) continue;
    const next = levels[index + 1]?.[1] ?? level;
    const share = Math.max(0, (tone - (below - RAMP)) / (2 * RAMP));
    return level + share * (next - level);
  }
  return tone;
}
