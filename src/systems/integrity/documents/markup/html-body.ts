import type { Cell, DocumentText } from "../document-text.ts";
import { hiddenReason, type Look } from "../look.ts";
import { elementLook } from "./element-look.ts";
import type { Node } from "./nodes.ts";

const words = (names: string) => new Set(names.split(" "));

/** Elements whose text is no prose. */
const LEFT_OUT = words(
  "script style head title noscript template svg math canvas object iframe select option datalist textarea audio video",
);
const BLOCKS = words(
  "p div h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table caption blockquote pre section article aside header footer nav main " +
    "figure figcaption address form fieldset hr body",
);

const CELLS = words("td th");

interface OpenElement {
  readonly name: string;
  readonly children: readonly Node[];
  readonly look: Look;
  readonly preformatted: boolean;
  /** The cell that it is, or lies in. */
  readonly cell: Cell | null;
  next: number;
}

/** Turns a parsed page into text; not recursive, since pages can be nested as deeply as they like. */
export class HtmlBody {
  readonly #text: DocumentText;
  readonly #mayHaveGrounds: boolean;
  /** White space has been seen since the last letter. */
  #space = false;

  /** @param mayHaveGrounds style sheets may lay something dark behind letters. */
  constructor(text: DocumentText, mayHaveGrounds: boolean) {
    this.#text = text;
    this.#mayHaveGrounds = mayHaveGrounds;
  }

  /** O(nodes). */
  read(nodes: readonly Node[]): void {
    const root = { name: "", children: nodes, look: {}, preformatted: false, cell: null, next: 0 };
    const open: OpenElement[] = [root];
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const node = top.children[top.next++];
      if (node === undefined) {
        open.pop();
        this.#close(top);
      } else if (node.type === "text") this.#append(node.data ?? "", top);
      else if (node.children !== undefined && !LEFT_OUT.has(node.name ?? ""))
        open.push(this.#open(node, top));
    }
  }

  #open(node: Node, parent: OpenElement): OpenElement {
    const name = node.name ?? "";
    // A cell's first paragraph begins where the cell does.
    const beginsCell = parent.cell?.startedAt === this.#text.length;
    if (BLOCKS.has(name) && !beginsCell) this.#break("\n\n");
    else if (name === "br") this.#break("\n");
    return {
      name,
      children: node.children ?? [],
      look: within(parent.look, elementLook(node.attribs ?? {})),
      preformatted: parent.preformatted || name === "pre",
      cell: CELLS.has(name) ? this.#text.openCell() : parent.cell,
      next: 0,
    };
  }

  #close({ name, cell }: OpenElement): void {
    if (CELLS.has(name) && cell !== null) this.#text.closeCell(cell);
    else if (name === "tr") this.#break("\n");
    else if (BLOCKS.has(name)) this.#break("\n\n");
  }

  #break(strength: "\n" | "\n\n"): void {
    this.#text.breakWith(strength);
    this.#space = false;
  }

  #append(data: string, { look, preformatted }: OpenElement): void {
    const reason = hiddenReason([look], this.#mayHaveGrounds);
    if (preformatted) {
      this.#text.append(data, reason);
      return;
    }
    const prose = data.replace(/[ \t\n\f\u00a0]+/g, " ");
    const spaced = (this.#space || prose.startsWith(" ")) && !this.#text.isBroken;
    this.#space = prose.endsWith(" ") || (prose === "" && this.#space);
    if (prose.trim() === "") this.#space ||= spaced;
    else this.#text.append((spaced ? " " : "") + prose.trim(), reason);
  }
}

/** What an element says, over what those around it say: what hides, hides all within. */
function within(around: Look, own: Look): Look {
  return { ...around, ...own, hidden: around.hidden || own.hidden };
}
