import type { SeededRandom } from "../../src/algorithms/anomaly/seeded-random.ts";
import { agree, imperfectOf, participleOf, pastOf, pluralOf, presentOf } from "./similarity-inflection.ts";
import {
  ADJECTIVES,
  ADVERBS,
  FEMININE,
  JOINTS,
  MASCULINE,
  OPENINGS,
  SURNAMES,
  TIES,
  type Topic,
  VERBS,
} from "./similarity-vocabulary.ts";

/** How steep: the share of the first r of n words is (r / n) ^ (1 / STEEPNESS). */
const STEEPNESS = 1.2;
/** Of the nouns and adjectives, those of the document's topic. */
const TOPICAL = 0.3;
/** Coprime to the length of every list. */
const STRIDE = 7919;

interface NounPhrase {
  readonly text: string;
  readonly plural: boolean;
}

/** Sentences of one author about one topic: each author has favourite words, the topic has its own. */
export class Grammar {
  readonly #random: SeededRandom;
  readonly #topic: Topic;
  readonly #habit: number;

  constructor(random: SeededRandom, topic: Topic) {
    this.#random = random;
    this.#topic = topic;
    this.#habit = random.below(1_000_000);
  }

  /** 12 to 45 words. */
  sentence(): string {
    let text = this.#chance(0.12) ? `${this.#pick(OPENINGS)} ` : "";
    text += this.#clause();
    while (this.#chance(0.38)) text += this.#continued();
    if (this.#chance(0.05)) text += ` (${this.#pick(SURNAMES)}, ${1985 + this.#random.below(39)})`;
    return `${capitalised(contracted(text.endsWith(",") ? text.slice(0, -1) : text))}.`;
  }

  /** One to three nouns and an adjective: a title. */
  title(): string {
    return capitalised(contracted(`${this.#nounPhrase(1).text} en ${this.#topic.name}`));
  }

  #continued(): string {
    const drawn = this.#random.uniform();
    if (drawn < 0.45) return ` ${this.#pick(JOINTS)} ${this.#clause()}`;
    if (drawn < 0.8) return ` ${this.#pick(TIES)} ${this.#nounPhrase(0).text}`;
    return `, ${this.#pick(TIES)} ${this.#nounPhrase(1).text},`;
  }

  #clause(): string {
    const drawn = this.#random.uniform();
    if (drawn < 0.12) return this.#citing();
    const { text, plural } = this.#nounPhrase(0);
    if (drawn < 0.22) return `se ${presentOf(this.#verb(), plural)} ${text}`;
    if (drawn < 0.34) return `${text} ${plural ? "son" : "es"} ${this.#nounPhrase(1).text}`;
    return `${text} ${this.#predicate(plural)} ${this.#nounPhrase(1).text}`;
  }

  #citing(): string {
    const author = `${this.#pick(SURNAMES)} (${1985 + this.#random.below(39)})`;
    const { text, plural } = this.#nounPhrase(1);
    return `${author} ${presentOf(this.#verb(), false)} que ${text} ${this.#predicate(plural)} ${this.#nounPhrase(2).text}`;
  }

  #predicate(plural: boolean): string {
    const adverb = this.#chance(0.15) ? ` ${this.#adverb()}` : "";
    const verb = this.#verb();
    const drawn = this.#random.uniform();
    if (drawn < 0.45) return presentOf(verb, plural) + adverb;
    if (drawn < 0.6) return imperfectOf(verb, plural) + adverb;
    if (drawn < 0.75) return pastOf(verb, plural) + adverb;
    if (drawn < 0.88) return `${plural ? "pueden" : "puede"}${adverb} ${verb}`;
    return `${plural ? "han" : "ha"} ${participleOf(verb)}${adverb}`;
  }

  /** `depth` of the phrases around it. */
  #nounPhrase(depth: number): NounPhrase {
    const feminine = this.#chance(0.5);
    const plural = this.#chance(0.35);
    const noun = this.#noun(feminine);
    let text = `${this.#determiner(feminine, plural)}${plural ? pluralOf(noun) : noun}`;
    if (this.#chance(0.42)) text += ` ${agree(this.#adjective(), feminine, plural)}`;
    if (depth < 2 && this.#chance(0.4)) text += ` de ${this.#nounPhrase(depth + 1).text}`;
    if (depth < 1 && this.#chance(0.08))
      text += ` que ${presentOf(this.#verb(), plural)} ${this.#nounPhrase(2).text}`;
    return { text, plural };
  }

  #determiner(feminine: boolean, plural: boolean): string {
    const drawn = this.#random.uniform();
    const forms = (masculineOne: string, feminineOne: string, masculineMany: string, feminineMany: string) =>
      plural ? (feminine ? feminineMany : masculineMany) : feminine ? feminineOne : masculineOne;
    if (drawn < 0.58) return forms("el ", "la ", "los ", "las ");
    if (drawn < 0.68) return forms("un ", "una ", "unos ", "unas ");
    if (drawn < 0.75) return plural ? "sus " : "su ";
    if (drawn < 0.82) return forms("este ", "esta ", "estos ", "estas ");
    if (drawn < 0.87) return forms("cada ", "toda ", "muchos ", "algunas ");
    if (drawn < 0.9) return forms("otro ", "cierta ", "varios ", "numerosas ");
    return "";
  }

  #noun(feminine: boolean): string {
    if (this.#chance(TOPICAL)) return this.#pick(feminine ? this.#topic.feminine : this.#topic.masculine);
    return this.#pick(feminine ? FEMININE : MASCULINE);
  }

  #adjective(): string {
    return this.#pick(this.#chance(TOPICAL) ? this.#topic.adjectives : ADJECTIVES);
  }

  #adverb(): string {
    return this.#chance(0.4) ? this.#pick(ADVERBS) : `${agree(this.#pick(ADJECTIVES), true, false)}mente`;
  }

  #verb(): string {
    return this.#pick(VERBS);
  }

  #chance(share: number): boolean {
    return this.#random.uniform() < share;
  }

  /** Half by the author's habits, half by those of everybody. */
  #pick(list: readonly string[]): string {
    const rank = Math.floor(list.length * this.#random.uniform() ** STEEPNESS);
    const shift = this.#chance(0.5) ? this.#habit : 0;
    return list[(rank * STRIDE + shift) % list.length]!;
  }
}

function contracted(text: string): string {
  return text.replaceAll(" de el ", " del ").replaceAll(" a el ", " al ").replaceAll(",,", ",");
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
