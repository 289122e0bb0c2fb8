import type { HiddenReason } from "../port.ts";
import { accented } from "./accents.ts";
import type { Run } from "./run.ts";
import { SPACE_FROM } from "./shown-text.ts";

/** A stretch of a line that is seen, or not, throughout. */
export interface Piece {
  readonly parts: string[];
  readonly reason: HiddenReason | null;
}

/** A line of a page in the direction that it is read in; coordinates are turned so that this is to the right. */
export interface Line {
  readonly pieces: Piece[];
  readonly start: number;
  end: number;
  /** Height of the baseline: larger is higher. */
  readonly base: number;
  readonly size: number;
  /** Degrees, whole. */
  readonly angle: number;
  /** White space ends what there is so far. */
  endsInSpace: boolean;
}

/** How far from the baseline, in font sizes, superscripts and subscripts stand. */
const SAME_BASE = 0.45;
/** How far back a run may begin and yet continue the line. */
const BACK = 0.6;
/** What is printed twice, to look bold, is printed as near as this. */
const AGAIN = 0.3;

/** Characters at the borders of a line that are looked at. */
const BORDER = 60;

/** Puts the runs of a page together to lines, in the order in which they were painted. O(runs). */
export function linesOf(runs: readonly Run[]): Line[] {
  const lines: Line[] = [];
  let last: { readonly text: string; readonly start: number } = { text: "", start: 0 };
  for (const run of runs) {
    const placed = place(run);
    const line = lines.at(-1);
    const continues = line !== undefined && isSameLine(line, placed);
    const isAgain =
      continues && run.text === last.text && Math.abs(placed.start - last.start) < AGAIN * placed.size;
    if (isAgain) continue;
    last = { text: run.text, start: placed.start };
    if (continues && placed.start > line.end - BACK * line.size) append(line, run, placed);
    else {
      const pieces = [{ parts: [run.text], reason: run.reason }];
      lines.push({ ...placed, pieces, endsInSpace: run.text.endsWith(" ") });
    }
  }
  return lines.filter(({ pieces }) => pieces.some((piece) => textOf(piece).trim() !== ""));
}

type Placed = Omit<Line, "pieces" | "endsInSpace">;

function place({ x, y, endX, endY, size }: Run): Placed {
  const length = Math.hypot(endX - x, endY - y);
  const [ux, uy] = length === 0 ? [1, 0] : [(endX - x) / length, (endY - y) / length];
  const start = x * ux + y * uy;
  return {
    start,
    end: start + length,
    base: y * ux - x * uy,
    size,
    angle: Math.round((Math.atan2(uy, ux) * 180) / Math.PI),
  };
}

function isSameLine(line: Placed, { base, size, angle }: Placed): boolean {
  return angle === line.angle && Math.abs(base - line.base) < SAME_BASE * Math.max(size, line.size);
}

function append(line: Line, { text, reason }: Run, { start, end, size }: Placed): void {
  const gap = start - line.end;
  const spaceFrom = SPACE_FROM * Math.max(size, 1);
  const last = line.pieces.at(-1);
  if (last === undefined || last.reason !== reason) line.pieces.push({ parts: [], reason });
  const { parts } = line.pieces.at(-1) as Piece;
  const letter = gap < -spaceFrom ? accented(parts.at(-1) ?? "", text.slice(0, 1)) : null;
  if (letter !== null) parts.splice(-1, 1, letter + text.slice(1));
  else {
    if (gap > spaceFrom && !line.endsInSpace && !text.startsWith(" ")) parts.push(" ");
    parts.push(text);
  }
  line.end = Math.max(line.end, end);
  line.endsInSpace = text.endsWith(" ");
}

/** The words of a stretch. O(characters). */
export function textOf({ parts }: Piece): string {
  return parts.join("");
}

/** How a line begins and ends: so many characters as tell what it is. */
export function bordersOf({ pieces }: Line): { start: string; end: string } {
  const few = pieces.length > 8 ? [...pieces.slice(0, 4), ...pieces.slice(-4)] : pieces;
  const words = few.map(textOf).join("");
  return { start: words.slice(0, BORDER), end: words.slice(-BORDER) };
}
