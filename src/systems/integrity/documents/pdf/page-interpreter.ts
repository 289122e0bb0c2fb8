import { isNearWhite } from "../near-white.ts";
import type { HiddenReason } from "../port.ts";
import { GraphicsStack, type GraphicsState } from "./graphics-state.ts";
import { Grounds } from "./grounds.ts";
import { apply, type Box, compose, contains, IDENTITY, type Matrix, mapBox } from "./matrix.ts";
import type { Glyph, PageFont, Run } from "./run.ts";
import { shownText } from "./shown-text.ts";

/** What a page's operators refer to. */
export interface PageContext {
  readonly view: Box;
  font(name: string): PageFont | undefined;
  /** Whether content with these properties is shown: layers can be switched off. */
  isVisible(properties: unknown): boolean;
}

/** What a page shows. */
export interface PageRuns {
  readonly runs: readonly Run[];
  /** There is text that is drawn invisibly over pictures: what a scanner's recognition read. */
  readonly hasOcrLayer: boolean;
  /** There are pictures, as it seems. */
  readonly hasImages: boolean;
}

/** The square that pictures are painted in. */
const UNIT: Box = [0, 0, 1, 1];
/** Points: nobody reads less. */
const TINY = 1.5;
/** Lines as thick as this, in points, can be a ground for letters. */
const THICK = 4;
/** Nearly transparent. */
const TRANSPARENT = 0.05;
/** From this share on, text that is drawn invisibly is all that a page has: a scan whose picture is not seen. */
const ALL = 0.9;

/** A run whose visibility is known only when the page is complete. */
interface DrawnRun extends Run {
  readonly drawnInvisibly: boolean;
}

/**
 * A page as a viewer would paint it: what text is shown, where, and whether it can be seen. Pictures are left out by
 * pdf.js (`maxImageSize`): a place that is set up and then not painted in is one.
 */
export class PageInterpreter {
  readonly #context: PageContext;
  readonly #grounds = new Grounds();
  readonly #runs: DrawnRun[] = [];
  readonly #layers: boolean[] = [];
  readonly #graphics = new GraphicsStack();
  #text: Matrix = IDENTITY;
  #line: Matrix = IDENTITY;
  #isSetUp = false;

  constructor(context: PageContext) {
    this.#context = context;
  }

  /** What the next operator finds set. */
  get state(): Readonly<GraphicsState> {
    return this.#graphics.now;
  }

  set(values: Partial<GraphicsState>): void {
    Object.assign(this.#graphics.now, values);
  }

  save(): void {
    this.#graphics.save();
  }

  restore(): void {
    this.#endPlace();
    this.#graphics.restore();
  }

  transform(matrix: Matrix): void {
    this.#endPlace();
    this.#graphics.transform(matrix);
    this.#isSetUp = true;
  }

  openForm(matrix: Matrix): void {
    this.#isSetUp = false;
    this.#graphics.save();
    this.#graphics.transform(matrix);
  }

  /** @param layer properties of a layer; undefined for other marks. */
  openMark(layer: unknown): void {
    this.#layers.push(layer === undefined || this.#context.isVisible(layer));
  }

  closeMark(): void {
    this.#layers.pop();
  }

  paintImage(): void {
    this.#isSetUp = false;
    this.#grounds.addImage(mapBox(this.state.matrix, UNIT));
  }

  /** Shades fill what is clipped, which is not followed: the page. */
  paintShade(): void {
    this.#isSetUp = false;
    this.#grounds.addFilled(this.#context.view, null);
  }

  /** @param bounds null for a path that is only clipped with. */
  paintPath(bounds: Box | null, does: { readonly fill: boolean; readonly stroke: boolean }): void {
    this.#isSetUp = false;
    if (bounds === null) return;
    const { matrix, fill, stroke, fillAlpha, lineWidth } = this.state;
    const [left, bottom, right, top] = mapBox(matrix, bounds);
    if (does.fill && fillAlpha >= TRANSPARENT) this.#grounds.addFilled([left, bottom, right, top], fill);
    const half = lineWidth / 2;
    if (does.stroke && lineWidth >= THICK)
      this.#grounds.addFilled([left - half, bottom - half, right + half, top + half], stroke);
  }

  setTextMatrix(matrix: Matrix): void {
    this.#text = matrix;
    this.#line = matrix;
  }

  moveText(x: number, y: number): void {
    this.setTextMatrix(compose(this.#line, [1, 0, 0, 1, x, y]));
  }

  /** O(glyphs), and O(grounds) for white letters. */
  showText(glyphs: readonly (Glyph | number)[]): void {
    this.#isSetUp = false;
    const { matrix, font: name, fontSize, rise, mode } = this.state;
    const font = this.#context.font(name);
    const { text, start, end, advance } = shownText(glyphs, this.state, font);
    const device = compose(matrix, this.#text);
    const along = (way: number) => (font?.vertical ? ([0, -way] as const) : ([way, 0] as const));
    this.#text = compose(this.#text, [1, 0, 0, 1, ...along(advance)]);
    if (text === "") return;
    const [[startX, startY], [stopX, stopY]] = [along(start), along(end)];
    const [x, y] = apply(device, startX, startY + rise);
    const [endX, endY] = apply(device, stopX, stopY + rise);
    const height = Math.abs(fontSize) * Math.hypot(device[2], device[3]);
    // Type 3 fonts have letters of any size, in a space of their own.
    const run = { text, x, y, endX, endY, size: font?.isType3Font ? Math.max(height, TINY) : height };
    this.#runs.push({ ...run, reason: this.#reason(run), drawnInvisibly: mode === 3 });
  }

  finish(): PageRuns {
    const open = this.#runs.filter((run) => run.drawnInvisibly && run.reason === null);
    const isScan = lettersOf(open) >= ALL * lettersOf(this.#runs);
    let hasOcrLayer = false;
    const runs = this.#runs.map((run): Run => {
      if (!run.drawnInvisibly || run.reason !== null) return run;
      if (!isScan && !this.#grounds.isPictured(...middleOf(run))) return { ...run, reason: "not_shown" };
      hasOcrLayer = true;
      return run;
    });
    return { runs, hasOcrLayer, hasImages: this.#grounds.hasImages };
  }

  /** Nothing was painted where a place had been set up: there was a picture. */
  #endPlace(): void {
    if (this.#isSetUp) this.paintImage();
  }

  /** Why nobody sees a run, as far as it is known by now. */
  #reason(run: Omit<Run, "reason">): HiddenReason | null {
    const { mode, fill, stroke, fillAlpha } = this.state;
    const { view } = this.#context;
    if (this.#layers.includes(false)) return "not_shown";
    if (!contains(view, run.x, run.y) && !contains(view, run.endX, run.endY)) return "outside_page";
    // Whether there is a picture over it is known at the end.
    if (mode === 3) return null;
    if (run.size < TINY) return "tiny";
    if (fillAlpha < TRANSPARENT && mode !== 1) return "transparent";
    const inks = { 0: [fill], 1: [stroke], 2: [fill, stroke] }[mode];
    if (inks === undefined || !inks.every((ink) => ink !== null && isNearWhite(ink))) return null;
    return this.#grounds.isWhite(...middleOf(run)) ? "white" : null;
  }
}

function lettersOf(runs: readonly Run[]): number {
  return runs.reduce((sum, { text }) => sum + text.trim().length, 0);
}

/** The middle of a run's letters. */
function middleOf({ x, y, endX, endY, size }: Omit<Run, "reason">): [x: number, y: number] {
  return [(x + endX) / 2, (y + endY) / 2 + size / 4];
}
