import type { Line, Run } from "./break-lines.ts";
import { ACCENT, LEADING, MUTED, RULE, SIZES } from "./look.ts";
import type { Leaf, PageFlow } from "./page-flow.ts";

export interface Column {
  readonly heading: string;
  /** Of the table's width, 0..1. */
  readonly share: number;
  readonly align?: "right";
}

export interface Cell {
  readonly runs: readonly Run[];
  /** A bar of this length before the text, 0..1. */
  readonly bar?: number;
}

const PADDING = 3.5;
const GAP = 10;
const BAR_WIDTH = 62;
/** Rows are parted between pages only where this many lines fit on each. */
const FEWEST_LINES = 3;

/** A table; its heading is repeated on every page, and rows that are higher than a page go on at the next one. */
export function drawTable(
  flow: PageFlow,
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
): void {
  flow.inside("Table", () => {
    flow.ensure(SIZES.body * LEADING * 4);
    drawHeading(flow, columns, false);
    for (const row of rows) drawRow(flow, columns, row);
  });
  flow.space(8);
}

interface LaidOutCell {
  readonly lines: readonly Line[];
  readonly leaf: Leaf;
  readonly x: number;
  readonly width: number;
  readonly column: Column;
  readonly bar: number | undefined;
}

function drawRow(flow: PageFlow, columns: readonly Column[], row: readonly Cell[]): void {
  flow.inside("TR", () => {
    const cells = layOutRow(flow, columns, row);
    const height = SIZES.body * LEADING;
    const most = Math.max(...cells.map(({ lines }) => lines.length));
    for (let drawn = 0; drawn < most; ) {
      if (flow.room < Math.min(most - drawn, FEWEST_LINES) * height + 2 * PADDING) {
        flow.nextPage();
        drawHeading(flow, columns, true);
      }
      const fitting = Math.max(1, Math.floor((flow.room - 2 * PADDING) / height));
      const until = Math.min(most, drawn + fitting);
      const top = flow.y + PADDING;
      for (const cell of cells) drawCell(flow, cell, top, drawn, until);
      flow.y = top + (until - drawn) * height + PADDING;
      drawn = until;
    }
  });
  drawRule(flow);
}

function layOutRow(flow: PageFlow, columns: readonly Column[], row: readonly Cell[]): LaidOutCell[] {
  let x = flow.left;
  return row.map(({ runs, bar }, index) => {
    const column = columns[index]!;
    const width = textWidth(flow, columns, column);
    const lines = flow.layOut(runs, width - (bar === undefined ? 0 : BAR_WIDTH + GAP), SIZES.body);
    const leaf = index === 0 ? flow.leaf("TH", { scope: "Row" }) : flow.leaf("TD");
    const cell = { lines, leaf, x, width, column, bar };
    x += column.share * flow.width;
    return cell;
  });
}

function drawCell(flow: PageFlow, cell: LaidOutCell, top: number, from: number, until: number): void {
  const { lines, leaf, x, width, column, bar } = cell;
  if (lines.length <= from && from > 0) return;
  leaf.draw(() => {
    if (bar !== undefined && from === 0) drawBar(flow, x, top, bar);
    const start = bar === undefined ? x : x + BAR_WIDTH + GAP;
    lines.slice(from, until).forEach((line, index) => {
      const shift = column.align === "right" ? width - lineWidth(line) : 0;
      flow.drawLine(line, start + shift, top + index * SIZES.body * LEADING, SIZES.body);
    });
  });
}

function drawBar(flow: PageFlow, x: number, top: number, share: number): void {
  const y = top + SIZES.body * 0.38;
  flow.doc.roundedRect(x, y, BAR_WIDTH, 6, 3).fill(RULE);
  const length = BAR_WIDTH * Math.min(Math.max(share, 0), 1);
  if (length > 0) flow.doc.roundedRect(x, y, Math.max(length, 3), 6, Math.min(3, length / 2)).fill(ACCENT);
}

function drawHeading(flow: PageFlow, columns: readonly Column[], isRepeated: boolean): void {
  let x = flow.left;
  const top = flow.y;
  const cells = columns.map((column) => {
    const width = textWidth(flow, columns, column);
    const lines = flow.layOut(
      [{ text: column.heading, bold: true }],
      column.share * flow.width - GAP,
      SIZES.small,
    );
    const cell = { lines, x, width, column };
    x += column.share * flow.width;
    return cell;
  });
  const draw = ({ lines, x: from, width, column }: (typeof cells)[number]) => {
    lines.forEach((line, index) => {
      const shift = column.align === "right" ? width - lineWidth(line) : 0;
      flow.drawLine(line, from + shift, top + index * SIZES.small * LEADING, SIZES.small, MUTED);
    });
  };
  if (isRepeated) flow.artifact(() => cells.forEach(draw));
  else {
    flow.inside("TR", () => {
      for (const cell of cells) flow.leaf("TH", { scope: "Column" }).draw(() => draw(cell));
    });
  }
  flow.y = top + Math.max(...cells.map(({ lines }) => lines.length)) * SIZES.small * LEADING + 2;
  drawRule(flow);
}

/** Columns are apart by a gap; behind the last one there is none. */
function textWidth(flow: PageFlow, columns: readonly Column[], column: Column): number {
  return column.share * flow.width - (column === columns.at(-1) ? 0 : GAP);
}

function lineWidth(line: Line): number {
  const last = line.at(-1);
  return last === undefined ? 0 : last.x + last.width;
}

function drawRule(flow: PageFlow): void {
  flow.artifact(() => {
    flow.doc.rect(flow.left, flow.y, flow.width, 0.6).fill(RULE);
  });
  flow.space(0.6);
}
