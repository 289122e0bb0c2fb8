import type { Exemplar } from "../../algorithms/colouring/port.ts";
import type { Part } from "./characters.ts";
import { toHex } from "./hex-colour.ts";

const MOST_SHOWN = 64;

/** The colours that a chapter has settled on, most used first. */
export function presentSettled(exemplars: readonly Exemplar[]) {
  const shares = new Map<string, number>();
  for (const { colour, confidence } of exemplars) {
    const hex = toHex(colour);
    shares.set(hex, (shares.get(hex) ?? 0) + confidence);
  }
  const total = [...shares.values()].reduce((sum, share) => sum + share, 0);
  return {
    colours: [...shares]
      .sort(([, a], [, b]) => b - a)
      .slice(0, MOST_SHOWN)
      .map(([colour, share]) => ({ colour, share: share / total })),
    exemplars: exemplars.length,
  };
}

/** Characters with their colours. @param full with what they are found by */
export function presentCharacters(parts: readonly Part[], full: boolean) {
  return [...Map.groupBy(parts, ({ name }) => name)].map(([name, colours]) => ({
    name,
    colours: colours.map(({ label, colour, locked, instead, places, descriptors }) => ({
      label,
      colour,
      locked,
      instead,
      at: places.map(({ picture, chapterId, pageNum, x, y, width, height, pageSha256 }) => ({
        ...(picture === null ? {} : { picture }),
        ...(pageNum === null ? {} : { page_num: pageNum }),
        ...(chapterId === null ? {} : { chapter_id: chapterId }),
        x,
        y,
        w: width,
        h: height,
        ...(pageSha256 === null ? {} : { page_sha256: pageSha256 }),
      })),
      looks: descriptors.length,
      ...(full ? { descriptors: descriptors.map((row) => [...row]) } : {}),
    })),
  }));
}
