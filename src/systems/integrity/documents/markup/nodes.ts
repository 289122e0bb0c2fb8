/** As much of a parsed page as is looked at; domhandler's nodes have these fields. */
export interface Node {
  readonly type: string;
  readonly name?: string;
  /** Of texts and comments. */
  readonly data?: string;
  readonly attribs?: Readonly<Record<string, string>>;
  readonly children?: readonly Node[];
}

/** Elements whose end is often left out, or that have none. */
const UNCLOSED = new Set(
  (
    "area base br col embed hr img input link meta param source track wbr p li dt dd option optgroup td th tr thead " +
    "tbody tfoot colgroup html head body"
  ).split(" "),
);

/**
 * How deeply elements may be nested in a page, at most, counted by its tags: parsers take time that grows with the
 * square of it. O(length).
 */
export function nestingOf(html: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [, end, name = ""] of html.matchAll(/<(\/?)([a-z][a-z0-9]{0,20})/gi)) {
    if (UNCLOSED.has(name.toLowerCase())) continue;
    depth = Math.max(0, depth + (end === "/" ? -1 : 1));
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

/** Every element of a page, in order. Not recursive; selectors would be quadratic in the number of siblings. */
export function* elementsOf(nodes: readonly Node[]): Generator<Node> {
  const open: { readonly nodes: readonly Node[]; next: number }[] = [{ nodes, next: 0 }];
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const node = top.nodes[top.next++];
    if (node === undefined) open.pop();
    else if (node.children !== undefined) {
      yield node;
      open.push({ nodes: node.children, next: 0 });
    }
  }
}

/** The text directly within an element. */
export function ownText({ children = [] }: Node): string {
  return children.map(({ type, data }) => (type === "text" ? (data ?? "") : "")).join("");
}
