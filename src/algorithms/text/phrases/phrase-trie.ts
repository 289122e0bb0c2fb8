import { type PhraseTokens, type PhraseWord, singular } from "./phrase-tokens.ts";

/** What a phrase leads to. */
export interface PhraseEnd<Value> {
  readonly value: Value;
  /** Weight that the words on the way must have together. */
  readonly needs: number;
}

/** A word that may stand at a place of a phrase: the words behind its first one, what it weighs, where it leads. */
interface Edge<Value> {
  readonly rest: readonly string[];
  readonly weight: number;
  /** Whether punctuation may stand before it. */
  readonly apart: boolean;
  readonly node: PhraseNode<Value>;
}

/** What may stand at a place of a phrase: a word, or several, and what it weighs. */
export interface PhraseVariant {
  readonly words: readonly string[];
  readonly weight: number;
  /** Whether punctuation may stand before it. */
  readonly apart?: boolean;
}

/** A place of a phrase. Edges by the first word. */
export class PhraseNode<Value> {
  readonly edges = new Map<string, Edge<Value>[]>();
  /** The places behind this one, by the word of the phrase itself. */
  readonly #next = new Map<string, PhraseNode<Value>>();
  end: PhraseEnd<Value> | null = null;

  /** The place behind a word of a phrase, known by a key; made, with all that may stand there, when there is none. */
  after(key: string, variants: () => Iterable<PhraseVariant>): PhraseNode<Value> {
    const known = this.#next.get(key);
    if (known !== undefined) return known;
    const node = new PhraseNode<Value>();
    this.#next.set(key, node);
    for (const { words, weight, apart = false } of variants()) {
      const [first = "", ...rest] = words;
      const edges = this.edges.get(first);
      if (edges === undefined) this.edges.set(first, [{ rest, weight, apart, node }]);
      else edges.push({ rest, weight, apart, node });
    }
    return node;
  }

  /** A phrase of which every word must stand as it is. */
  addLiteral(words: readonly PhraseWord[], value: Value): void {
    let node: PhraseNode<Value> = this;
    for (const { word, apart } of words) {
      // A key that no term's word has: what stands for a word there must not stand here.
      node = node.after(`${apart ? "," : "="}${word}`, () => [{ words: [word], weight: 0, apart }]);
    }
    node.end ??= { value, needs: 0 };
  }
}

/** A phrase in its place: words `first` up to, not including, `last`. */
export interface PhraseMatch<Value> {
  readonly first: number;
  readonly last: number;
  readonly value: Value;
}

/** The longest phrase so far, of equally long ones the one with the least replaced. */
interface Best<Value> {
  last: number;
  weight: number;
  value: Value | null;
}

/**
 * The longest phrase from each word on, those that overlap an earlier one left out. An English or Spanish plural stands for its singular.
 * O(words), times the phrases that share a beginning, which the phrases bound and not the text.
 */
export function matchPhrases<Value>(root: PhraseNode<Value>, tokens: PhraseTokens): PhraseMatch<Value>[] {
  const matches: PhraseMatch<Value>[] = [];
  for (let first = 0; first < tokens.count; first++) {
    const best: Best<Value> = { last: first, weight: 0, value: null };
    walk(root, tokens, first, first, 0, best);
    if (best.value === null) continue;
    matches.push({ first, last: best.last, value: best.value });
    first = best.last - 1;
  }
  return matches;
}

function walk<Value>(
  node: PhraseNode<Value>,
  tokens: PhraseTokens,
  first: number,
  at: number,
  weight: number,
  best: Best<Value>,
): void {
  const nearer = at > best.last || (at === best.last && weight < best.weight);
  if (node.end !== null && weight >= node.end.needs && nearer) {
    best.last = at;
    best.weight = weight;
    best.value = node.end.value;
  }
  if (node.edges.size === 0 || at >= tokens.count) return;
  const joined = at === first || tokens.joined[at] === true;
  const word = tokens.words[at] ?? "";
  const single = singular(word);
  follow(node.edges.get(word));
  if (single !== word) follow(node.edges.get(single));
  if (word.endsWith("es") && word.length > 4) follow(node.edges.get(word.slice(0, -2)));

  function follow(edges: readonly Edge<Value>[] | undefined): void {
    if (edges === undefined) return;
    for (const edge of edges) {
      if (!(joined || edge.apart) || !restStands(edge.rest, tokens, at + 1)) continue;
      walk(edge.node, tokens, first, at + 1 + edge.rest.length, weight + edge.weight, best);
    }
  }
}

function restStands(rest: readonly string[], { words, joined }: PhraseTokens, from: number): boolean {
  for (let index = 0; index < rest.length; index++) {
    const word = words[from + index];
    if (!joined[from + index] || word === undefined) return false;
    if (word !== rest[index] && singular(word) !== rest[index]) return false;
  }
  return true;
}
