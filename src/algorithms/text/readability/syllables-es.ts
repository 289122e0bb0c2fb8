const OPEN = new Set("aeoáéóàèòâêôäëö");
const CLOSED: Readonly<Record<string, string>> = { i: "i", y: "i", u: "u", ü: "u", í: "i", ú: "u" };
const STRESSED = new Set("íú");

/** What the syllable before can still take up: nothing, any other vowel, a closed vowel, another closed vowel. */
type Nucleus = "full" | "closed" | "open" | "stressed";

/**
 * Syllables of a Spanish word by the rules of its spelling: two open vowels are two syllables, an open and a closed one
 * are one unless the closed one has the accent, two different closed ones are one; a mute h between them changes nothing,
 * and the u of que and gui is none. Source: RAE, Ortografía de la lengua española (2010), II 2.2. Wrong for words that
 * keep a foreign spelling.
 *
 * @param word lower case, letters.
 * @returns at least 1.
 */
export function countSyllablesEs(word: string): number {
  let syllables = 0;
  let nucleus: Nucleus = "full";
  let before = "";
  for (let at = 0; at < word.length; at++) {
    const letter = word[at]!;
    if (isMute(word, at)) continue;
    const base = OPEN.has(letter) ? letter : closedVowel(word, at);
    if (base === null) {
      nucleus = "full";
      continue;
    }
    const joined = join(nucleus, letter, before === base);
    if (joined === null) syllables++;
    nucleus = joined ?? alone(letter);
    before = base;
  }
  return Math.max(1, syllables);
}

/** What the syllable before becomes with a vowel added; null where the vowel begins another one. */
function join(nucleus: Nucleus, letter: string, same: boolean): Nucleus | null {
  if (same) return null;
  if (OPEN.has(letter)) return nucleus === "closed" ? "open" : null;
  if (STRESSED.has(letter)) return nucleus === "closed" ? "stressed" : null;
  return nucleus === "full" ? null : "full";
}

function alone(letter: string): Nucleus {
  if (OPEN.has(letter)) return "open";
  return STRESSED.has(letter) ? "stressed" : "closed";
}

/** A y before a vowel is a consonant. */
function closedVowel(word: string, at: number): string | null {
  const letter = word[at]!;
  const next = word[at + 1] ?? "";
  if (letter === "y" && (OPEN.has(next) || next in CLOSED)) return null;
  return CLOSED[letter] ?? null;
}

/** The u of que, qui, gue, gui, and an h between vowels, which parts none. */
function isMute(word: string, at: number): boolean {
  const before = word[at - 1] ?? "";
  if (word[at] === "h") return OPEN.has(before) || before in CLOSED;
  return word[at] === "u" && (before === "q" || before === "g") && "eiéí".includes(word[at + 1] ?? " ");
}
