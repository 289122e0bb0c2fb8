import type { Problems } from "../../index/problems.ts";

/** A line of a label file: a class's number and a box, as shares of the picture's sides. */
export interface LabelLine {
  readonly id: number;
  /** Of the centre. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Boxes of one picture. */
const MAX_LINES = 10_000;

/**
 * Lines of a label file: `class x y width height`, a sixth number (confidence) is passed over; of an outline
 * (`class x1 y1 x2 y2 x3 y3 ...`) the box around it. Other lines are problems. O(length).
 * Source: docs.ultralytics.com/datasets/detect, /segment.
 */
export function parseLabelLines(text: string, path: string, problems: Problems): LabelLine[] {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  if (lines.length > MAX_LINES)
    problems.add("bad_label_line", path, `The file has ${lines.length} lines: only ${MAX_LINES} are read`);
  return lines.slice(0, MAX_LINES).flatMap((line, at) => {
    const numbers = line.trim().split(/\s+/).map(Number);
    const [id = Number.NaN] = numbers;
    const box = Number.isInteger(id) && id >= 0 ? boxOf(numbers.slice(1)) : null;
    if (box === null)
      problems.add("bad_label_line", path, `Line ${at + 1} is no class number with a box: it is left out`);
    return box === null ? [] : [{ id, ...box }];
  });
}

function boxOf(numbers: readonly number[]): Omit<LabelLine, "id"> | null {
  if (!numbers.every(Number.isFinite)) return null;
  const [x = 0, y = 0, width = 0, height = 0] = numbers;
  if (numbers.length === 4 || numbers.length === 5) return { x, y, width, height };
  if (numbers.length < 6 || numbers.length % 2 === 1) return null;
  const [left, right] = extent(numbers.filter((_, at) => at % 2 === 0));
  const [top, bottom] = extent(numbers.filter((_, at) => at % 2 === 1));
  return { x: (left + right) / 2, y: (top + bottom) / 2, width: right - left, height: bottom - top };
}

function extent(values: readonly number[]): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return [low, high];
}
