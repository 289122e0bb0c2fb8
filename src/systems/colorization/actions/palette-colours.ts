import { ciede2000, cielabOf } from "../../../algorithms/colour/ciede2000.ts";
import { type Part, partId } from "../characters.ts";
import { bytesOfHex, toHex } from "../hex-colour.ts";
import type { ColourOutcome } from "../page-colourer.ts";

/**
 * For the runmeta: how far each colour of a character is from what the page has. Engines from outside know nothing of
 * them, and that is said.
 */
export function paletteColours(parts: readonly Part[], { seen, engine }: ColourOutcome) {
  if (parts.length === 0 || engine === "none") return {};
  if (seen === null) return { palette_applied: false };
  const palette = parts.map((part) => {
    const found = seen.find(({ id }) => id === partId(part));
    return {
      character: part.name,
      label: part.label,
      locked: part.locked,
      colour: part.colour,
      share: found?.share ?? 0,
      ...(found === undefined
        ? {}
        : { seen: toHex(found.colour), drift_de2000: differenceOf(part.colour, toHex(found.colour)) }),
    };
  });
  return { palette_applied: true, palette_colours: palette };
}

function differenceOf(one: string, other: string): number {
  return ciede2000(cielabOf(...bytesOfHex(one)), cielabOf(...bytesOfHex(other)));
}
