import { OPS } from "unpdf/pdfjs";
import { type Box, IDENTITY, toMatrix } from "./matrix.ts";
import { type PageContext, PageInterpreter, type PageRuns } from "./page-interpreter.ts";
import type { Glyph } from "./run.ts";

/** What pdf.js makes of a page's content: operators, and what each is given. */
export interface OperatorList {
  readonly fnArray: readonly number[];
  readonly argsArray: readonly unknown[];
}

/**
 * Follows a page's operators. Those that say nothing about text, colours and what is painted are passed over.
 * O(operators + glyphs). ISO 32000-1, annex A.
 */
export function readPageRuns({ fnArray, argsArray }: OperatorList, context: PageContext): PageRuns {
  const page = new PageInterpreter(context);
  for (let at = 0; at < fnArray.length; at++) {
    const values = argsArray[at];
    OPERATIONS.get(fnArray[at] ?? -1)?.(page, Array.isArray(values) ? values : []);
  }
  return page.finish();
}

const FILLS = new Set([
  OPS.fill,
  OPS.eoFill,
  OPS.fillStroke,
  OPS.eoFillStroke,
  OPS.closeFillStroke,
  OPS.closeEOFillStroke,
]);
const STROKES = new Set([OPS.stroke, OPS.closeStroke]);

const num = (value: unknown) => (Number.isFinite(value) ? (value as number) : 0);
const color = (value: unknown) => (typeof value === "string" ? value : null);

type Operation = (page: PageInterpreter, values: readonly unknown[]) => void;

const OPERATIONS: ReadonlyMap<number, Operation> = new Map<number, Operation>([
  [OPS.save, (page) => page.save()],
  [OPS.restore, (page) => page.restore()],
  [OPS.transform, (page, values) => page.transform(toMatrix(values))],
  [OPS.setGState, (page, [pairs]) => setParameters(page, pairs)],
  [OPS.setLineWidth, (page, [width]) => page.set({ lineWidth: num(width) })],

  [OPS.setFillRGBColor, (page, [value]) => page.set({ fill: color(value) })],
  [OPS.setStrokeRGBColor, (page, [value]) => page.set({ stroke: color(value) })],
  [OPS.setFillColorN, (page) => page.set({ fill: null })],
  [OPS.setStrokeColorN, (page) => page.set({ stroke: null })],

  [OPS.beginText, (page) => page.setTextMatrix(IDENTITY)],
  [OPS.setTextMatrix, (page, [matrix]) => page.setTextMatrix(toMatrix(matrix))],
  [OPS.moveText, (page, [x, y]) => page.moveText(num(x), num(y))],
  [OPS.nextLine, (page) => page.moveText(0, -page.state.leading)],
  [OPS.setLeadingMoveText, (page, [x, y]) => moveWithLeading(page, num(x), num(y))],
  [OPS.setLeading, (page, [leading]) => page.set({ leading: num(leading) })],
  [OPS.setCharSpacing, (page, [spacing]) => page.set({ charSpacing: num(spacing) })],
  [OPS.setWordSpacing, (page, [spacing]) => page.set({ wordSpacing: num(spacing) })],
  [OPS.setHScale, (page, [percent]) => page.set({ scale: num(percent) / 100 })],
  [OPS.setTextRise, (page, [rise]) => page.set({ rise: num(rise) })],
  [OPS.setTextRenderingMode, (page, [mode]) => page.set({ mode: num(mode) })],
  [OPS.setFont, (page, [name, size]) => setFont(page, name, size)],
  [OPS.showText, (page, [glyphs]) => page.showText(Array.isArray(glyphs) ? (glyphs as Glyph[]) : [])],

  [OPS.constructPath, (page, [operator, , bounds]) => paintPath(page, num(operator), bounds)],
  [OPS.shadingFill, (page) => page.paintShade()],
  [OPS.paintImageXObject, (page) => page.paintImage()],
  [OPS.paintImageMaskXObject, (page) => page.paintImage()],
  [OPS.paintInlineImageXObject, (page) => page.paintImage()],
  [OPS.paintSolidColorImageMask, (page) => page.paintImage()],

  [OPS.paintFormXObjectBegin, (page, [matrix]) => page.openForm(toMatrix(matrix))],
  [OPS.paintFormXObjectEnd, (page) => page.restore()],
  [OPS.beginGroup, (page) => page.openForm(IDENTITY)],
  [OPS.endGroup, (page) => page.restore()],
  [OPS.beginMarkedContent, (page) => page.openMark(undefined)],
  [
    OPS.beginMarkedContentProps,
    (page, [tag, properties]) => page.openMark(tag === "OC" ? properties : undefined),
  ],
  [OPS.endMarkedContent, (page) => page.closeMark()],
]);

function setParameters(page: PageInterpreter, pairs: unknown): void {
  if (!Array.isArray(pairs)) return;
  for (const [key, value] of pairs) {
    if (key === "ca") page.set({ fillAlpha: num(value) });
    else if (key === "LW") page.set({ lineWidth: num(value) });
    else if (key === "Font" && Array.isArray(value)) setFont(page, value[0], value[1]);
  }
}

function setFont(page: PageInterpreter, name: unknown, size: unknown): void {
  page.set({ font: String(name), fontSize: num(size) });
}

function moveWithLeading(page: PageInterpreter, x: number, y: number): void {
  page.set({ leading: -y });
  page.moveText(x, y);
}

function paintPath(page: PageInterpreter, operator: number, bounds: unknown): void {
  const numbers = Array.from((bounds as ArrayLike<number> | null) ?? [], Number);
  const isBox = numbers.length === 4 && numbers.every(Number.isFinite);
  page.paintPath(isBox ? (numbers as unknown as Box) : null, {
    fill: FILLS.has(operator),
    stroke: STROKES.has(operator),
  });
}
