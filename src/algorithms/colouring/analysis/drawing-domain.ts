import type { PageKind } from "../../page/prepared-page.ts";

/**
 * In which language a page and the references are compared: `plain` by their grays, `screened` and `inked` by lines
 * and few flat tones, as a page of screentone or of bare ink has them.
 */
export type DrawingDomain = "plain" | "screened" | "inked";

/** Whose tones: a drawn page's are farther apart than those of what it shows. */
export type DrawingSide = "page" | "reference";

/** The domain a kind of page is compared in. */
export function domainOf(kind: PageKind): DrawingDomain {
  if (kind === "screentone") return "screened";
  return kind === "ink" ? "inked" : "plain";
}

/** One of a domain's flat tones, OKLab lightness: up to which tone of a page, and of a reference, it is taken. */
interface Level {
  readonly page: number;
  readonly reference: number;
  readonly level: number;
  /** What a draughtsman means by it. */
  readonly meant: number;
}

const LEVELS: Record<DrawingDomain, readonly Level[]> = {
  plain: [],
  screened: [
    { page: 0.33, reference: 0.4, level: 0.2, meant: 0.32 },
    { page: 0.62, reference: 0.58, level: 0.45, meant: 0.49 },
    { page: 0.9, reference: 0.78, level: 0.72, meant: 0.68 },
    { page: 2, reference: 2, level: 1, meant: 0.89 },
  ],
  inked: [
    { page: 0.45, reference: 0.33, level: 0.1, meant: 0.25 },
    { page: 2, reference: 2, level: 1, meant: 0.8 },
  ],
};

/** Half the width of the ramp between two levels: hard steps would make edges of slow gradients. */
const RAMP = 0.03;

/** A tone, OKLab lightness, as a page of the domain can show it. */
export function toneIn(domain: DrawingDomain, side: DrawingSide, tone: number): number {
  const levels = LEVELS[domain];
  for (let index = 0; index < levels.length; index++) {
    const { [side]: below, level } = levels[index] as Level;
    if (tone >= below + RAMP) continue;
    const next = levels[index + 1]?.level ?? level;
    const share = Math.max(0, (tone - (below - RAMP)) / (2 * RAMP));
    return level + share * (next - level);
  }
  return tone;
}

/** The lightness that is meant by a tone of the domain, OKLab. */
export function meantBy(domain: DrawingDomain, tone: number): number {
  const levels = LEVELS[domain];
  for (let index = 0; index + 1 < levels.length; index++) {
    const from = levels[index] as Level;
    const to = levels[index + 1] as Level;
    if (tone > to.level && index + 2 < levels.length) continue;
    const share = Math.min(1, Math.max(0, (tone - from.level) / (to.level - from.level)));
    return from.meant + share * (to.meant - from.meant);
  }
  return tone;
}
