import { table } from "../../output.ts";
import type { Palette } from "./scope.ts";

/** The characters' colours, and below them the colours that a chapter has settled on. */
export function describePalette({ characters, colours = [] }: Palette): string {
  const parts = characters.flatMap(({ name, colours: own }) =>
    own.map(({ label, colour, locked, instead, at, looks }) => [
      name,
      label,
      colour,
      locked ? "locked" : "follows",
      instead ?? "-",
      placesInShort(at, looks),
    ]),
  );
  const settled = colours.map(({ colour, share }) => [colour, `${(100 * share).toFixed(1)} %`]);
  return [
    parts.length === 0
      ? "no colours of characters"
      : table(["character", "part", "colour", "", "instead of", "found by"], parts),
    ...(settled.length === 0 ? [] : [table(["colour", "share"], settled)]),
  ].join("\n\n");
}

function placesInShort(at: Palette["characters"][number]["colours"][number]["at"], looks: number): string {
  const places = at.map(({ page_num: page, picture, x, y }) =>
    page === undefined ? `${picture} ${x},${y}` : `page ${page} ${x},${y}`,
  );
  if (places.length > 0) return places.join("; ");
  return looks > 0 ? `${looks} looks` : "-";
}
