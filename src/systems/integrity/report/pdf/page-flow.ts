import { breakLines, type Fragment, type Line, type Measure, type Run } from "./break-lines.ts";
import { DrawableText } from "./drawable-text.ts";
import { ACCENT, INK, LEADING, SIZES } from "./look.ts";
import { BODY_FONT, BOLD_FONT, MARGINS, type OpenPdf } from "./open-pdf.ts";

/** How a paragraph looks. Points. */
export interface ParagraphStyle {
  readonly size?: number;
  readonly colour?: string;
  readonly indent?: number;
  /** Room behind it. */
  readonly after?: number;
  /** A rule of this colour stands at its left. */
  readonly rule?: string;
  readonly background?: string;
  /** What it is to a screen reader. */
  readonly tag?: string;
}

/** A paragraph that is laid out. */
export interface Paragraph {
  readonly lines: readonly Line[];
  readonly style: ParagraphStyle;
  /** Points, with the room behind it. */
  readonly height: number;
}

/** Of a page: what is higher may be parted. */
const KEPT_TOGETHER = 0.5;

/** Writes from the top of a page to its bottom, and goes on at the next one. */
export class PageFlow {
  readonly doc: PDFKit.PDFDocument;
  readonly left = MARGINS.left;
  readonly width: number;
  /** Where the next line begins. */
  y: number = MARGINS.top;
  readonly #drawable: DrawableText;
  readonly #bottom: number;
  #parent: PDFKit.PDFStructureElement;

  constructor({ doc, hasGlyph }: Pick<OpenPdf, "doc" | "hasGlyph">) {
    this.doc = doc;
    this.width = doc.page.width - MARGINS.left - MARGINS.right;
    this.#bottom = doc.page.height - MARGINS.bottom;
    this.#drawable = new DrawableText(hasGlyph);
    this.#parent = doc.struct("Document");
    doc.addStructure(this.#parent);
  }

  /** From 1. */
  get page(): number {
    const { start, count } = this.doc.bufferedPageRange();
    return start + count;
  }

  /** Points that are left on this page. */
  get room(): number {
    return this.#bottom - this.y;
  }

  /** Points from the first line's upper edge to the last one's lower edge. */
  get pageHeight(): number {
    return this.#bottom - MARGINS.top;
  }

  /** Goes to the next page, even within marked content. */
  nextPage(): void {
    this.doc.continueOnNewPage();
    this.y = MARGINS.top;
  }

  /** Goes to the next page where fewer points are left. */
  ensure(height: number): void {
    if (this.room < height) this.nextPage();
  }

  space(height: number): void {
    this.y += height;
  }

  /** What is written within belongs to one element of the document's structure. */
  inside(tag: string, write: () => void, options?: StructureOptions): void {
    const element = this.doc.struct(tag, options);
    this.#parent.add(element);
    const outer = this.#parent;
    this.#parent = element;
    write();
    this.#parent = outer;
  }

  /** An element without elements of its own; it may be drawn in several goes. */
  leaf(tag: string, options?: StructureOptions): Leaf {
    const element = this.doc.struct(tag, options);
    this.#parent.add(element);
    return {
      draw: (draw) => {
        const content = this.doc.markStructureContent(tag);
        draw();
        this.doc.endMarkedContent();
        element.add(content);
      },
    };
  }

  /** What is only to be seen, and means nothing to a screen reader. */
  artifact(draw: () => void): void {
    this.doc.markContent("Artifact", { type: "Layout" });
    draw();
    this.doc.endMarkedContent();
  }

  /** A heading, kept together with what follows it: `follows` points of it, or some lines. */
  heading(text: string, level: 1 | 2 | 3, follows = SIZES.body * LEADING * 4): void {
    const size = level === 1 ? SIZES.title : level === 2 ? SIZES.section : SIZES.group;
    const heading = this.prepare([{ text, bold: true }], {
      size,
      colour: level === 2 ? ACCENT : INK,
      tag: `H${level}`,
      after: size * 0.35,
    });
    if (level > 1 && this.y > MARGINS.top) this.space(level === 2 ? 9 : 2);
    this.ensure(heading.height + follows);
    if (level === 2) this.doc.outline.addItem(this.#drawable.of(text));
    this.write(heading);
  }

  paragraph(runs: readonly Run[], style: ParagraphStyle = {}): void {
    this.write(this.prepare(runs, style));
  }

  /** Paragraphs on one page where they fit one. */
  together(paragraphs: readonly Paragraph[]): void {
    const height = paragraphs.reduce((sum, paragraph) => sum + paragraph.height, 0);
    if (height < this.pageHeight * KEPT_TOGETHER) this.ensure(height);
    for (const paragraph of paragraphs) this.write(paragraph);
  }

  /** Lays a paragraph out without writing it. */
  prepare(runs: readonly Run[], style: ParagraphStyle = {}): Paragraph {
    const { size = SIZES.body, indent = 0, after = 5 } = style;
    const lines = this.layOut(runs, this.width - indent, size);
    return { lines, style, height: lines.length * size * LEADING + after };
  }

  write({ lines, style }: Paragraph): void {
    const { size = SIZES.body, indent = 0, after = 5, tag = "P" } = style;
    const height = size * LEADING;
    // a single line at a page's end or beginning is hard to read
    if (lines.length > 1) this.ensure(height * 2);
    this.leaf(tag).draw(() => {
      for (const line of lines) {
        this.ensure(height);
        this.#backdrop(style, indent, height);
        this.drawLine(line, this.left + indent, this.y, size, style.colour);
        this.y += height;
      }
    });
    this.y += after;
  }

  /** Lines of a width, for what draws them itself. */
  layOut(runs: readonly Run[], width: number, size: number): Line[] {
    const drawable = runs.map((run) => ({ ...run, text: this.#drawable.of(run.text) }));
    return breakLines(drawable, width, this.#measure(size));
  }

  /** Draws one line with its upper edge at `y`. */
  drawLine(line: Line, x: number, y: number, size: number, colour: string = INK): void {
    for (const fragment of line) if (fragment.tint !== undefined) this.#tint(fragment, x, y, size);
    for (const { text, bold, colour: own, x: within } of line) {
      this.doc.font(bold === true ? BOLD_FONT : BODY_FONT, size).fillColor(own ?? colour);
      this.doc.text(text, x + within, y + size * 0.12, { lineBreak: false });
    }
  }

  #tint({ text, bold, tint, x: within, width }: Fragment, x: number, y: number, size: number): void {
    const hanging = text.endsWith(" ") ? this.#measure(size)(" ", bold === true) : 0;
    this.doc.rect(x + within, y + size * 0.08, width - hanging, size * 1.24).fill(tint!);
  }

  #backdrop({ rule, background }: ParagraphStyle, indent: number, height: number): void {
    const x = this.left + Math.max(0, indent - 9);
    if (background !== undefined) {
      this.doc.rect(x, this.y - 1, this.width - (x - this.left), height + 1.2).fill(background);
    }
    if (rule !== undefined) this.doc.rect(x, this.y - 1, 2, height + 1.2).fill(rule);
  }

  #measure(size: number): Measure {
    return (text, bold) => this.doc.font(bold ? BOLD_FONT : BODY_FONT, size).widthOfString(text);
  }
}

export type StructureOptions = PDFKit.Mixins.StructureElementOptions & { readonly scope?: "Column" | "Row" };

/** An element whose content is drawn, in one go for each page that it stands on. */
export interface Leaf {
  draw(draw: () => void): void;
}
