import { type SeededRandom, seededRandom } from "../../src/algorithms/anomaly/seeded-random.ts";
import type { Span } from "../../src/algorithms/text/span.ts";
import { findWords, type Words } from "../../src/algorithms/text/words.ts";
import { Grammar } from "./similarity-grammar.ts";
import {
  ADJECTIVES,
  FEMININE,
  GIVEN_NAMES,
  MASCULINE,
  SURNAMES,
  TOPICS,
  VERBS,
} from "./similarity-vocabulary.ts";

/** What an edited word becomes. */
const OTHER_WORDS = [...MASCULINE, ...FEMININE, ...ADJECTIVES, ...VERBS];

/** A document that nobody wrote: Spanish in its words and grammar, without a meaning. */
export interface GeneratedDocument {
  readonly title: string;
  readonly author: string;
  readonly topic: string;
  /** Paragraphs apart by empty lines. */
  readonly text: string;
}

/** The same document for the same seed. 600 to 1,400 words. */
export function generateDocument(seed: number): GeneratedDocument {
  const random = seededRandom(seed);
  const topic = TOPICS[random.below(TOPICS.length)]!;
  const grammar = new Grammar(random, topic);
  const characters = 6.6 * (600 + random.below(801));
  const paragraphs: string[] = [];
  for (let written = 0; written < characters; ) {
    const sentences = Array.from({ length: 3 + random.below(5) }, () => grammar.sentence());
    const paragraph = sentences.join(" ");
    paragraphs.push(paragraph);
    written += paragraph.length;
  }
  return {
    title: grammar.title(),
    author: `${one(GIVEN_NAMES, random)} ${one(SURNAMES, random)} ${one(SURNAMES, random)}`,
    topic: topic.name,
    text: paragraphs.join("\n\n"),
  };
}

function one(list: readonly string[], random: SeededRandom): string {
  return list[random.below(list.length)]!;
}

/** How a passage is copied. */
export interface CopyOptions {
  /** Words taken; the whole source where it has fewer. */
  readonly words: number;
  /** 0..1 of the words are replaced, left out, swapped with the next or preceded by a new one. */
  readonly editRate: number;
}

/** A text with a passage of another in it, and where it stands in both. */
export interface PlantedPassage {
  readonly text: string;
  readonly suspicious: Span;
  readonly source: Span;
}

/** A passage of `source` copied behind some sentence of `host`. */
export function plantPassage(
  host: string,
  source: string,
  options: CopyOptions,
  random: SeededRandom,
): PlantedPassage {
  const words = findWords(source);
  const count = Math.min(options.words, words.count);
  const first = random.below(words.count - count + 1);
  const copied = copyWords(source, words, first, first + count, options.editRate, random);
  const sentenceEnd = host.indexOf(". ", random.below(host.length));
  const at = sentenceEnd < 0 ? 0 : sentenceEnd + 2;
  return {
    text: `${host.slice(0, at)}${copied}. ${host.slice(at)}`,
    suspicious: { start: at, end: at + copied.length },
    source: { start: words.starts[first]!, end: words.ends[first + count - 1]! },
  };
}

/** Words `first` to `last` with what stands between them, edited. */
function copyWords(
  text: string,
  { starts, ends }: Words,
  first: number,
  last: number,
  editRate: number,
  random: SeededRandom,
): string {
  const wordAt = (index: number) => text.slice(starts[index], ends[index]);
  let copied = "";
  for (let index = first; index < last; index++) {
    const between = index + 1 < last ? text.slice(ends[index], starts[index + 1]) : "";
    const drawn = random.uniform() < editRate ? random.uniform() : 1;
    if (drawn < 0.55) copied += one(OTHER_WORDS, random) + between;
    else if (drawn < 0.7) copied += between.trimStart();
    else if (drawn < 0.85) copied += `${one(OTHER_WORDS, random)} ${wordAt(index)}${between}`;
    else if (drawn < 1 && index + 1 < last) {
      copied += `${wordAt(index + 1)}${between}${wordAt(index)}`;
      index++;
      if (index + 1 < last) copied += text.slice(ends[index], starts[index + 1]);
    } else copied += wordAt(index) + between;
  }
  return copied.trim();
}
