const VOWELS = new Set("aeiouyáéíóúâêôãõàü");
const CLOSED = new Set("iuyü");
const NASAL = ["ão", "ãe", "õe", "ãi"];

/**
 * Syllables of a Portuguese word by its spelling, as Brazilian dictionaries part them: a closed vowel joins the vowel
 * before it (coi-sa, mui-to) unless the accent or the consonant after it forbids (sa-í-da, ra-i-nha, ru-im), and the one
 * after it only behind g or q (á-gua, quan-do) or at the end of a word whose accent stands earlier (his-tó-ria, but
 * a-le-gri-a). Wrong where only etymology decides (re-u-nião, tra-i-ção).
 *
 * @param word lower case, letters.
 * @returns at least 1.
 */
export function countSyllablesPt(word: string): number {
  if (word === "ao" || word === "aos") return 1;
  let syllables = 0;
  let open = false;
  for (let at = 0; at < word.length; at++) {
    if (!VOWELS.has(word[at]!)) {
      open = false;
      continue;
    }
    const joined: boolean = open && joins(word, at);
    if (!joined) syllables++;
    // A syllable takes up one vowel; the glide after g or q is none of its own.
    open = !joined || isGlide(word, at - 1);
  }
  return Math.max(1, syllables);
}

/** Whether the vowel at a place goes into the syllable of the vowel before it. */
function joins(word: string, at: number): boolean {
  const pair = word.slice(at - 1, at + 1);
  if (NASAL.includes(pair) || isGlide(word, at - 1)) return true;
  const [before, letter] = [pair[0]!, pair[1]!];
  if (CLOSED.has(letter)) return before !== letter && !standsAlone(word, at);
  return CLOSED.has(before) && endsWithDiphthong(word, at);
}

/** The u between g or q and a vowel. */
function isGlide(word: string, at: number): boolean {
  const before = word[at - 1];
  return (word[at] === "u" || word[at] === "ü") && (before === "g" || before === "q");
}

/** A closed vowel before nh, before l, m, n, r, z that end the syllable, or a ui before ç: ra-i-nha, ca-ir, po-lu-i-ção. */
function standsAlone(word: string, at: number): boolean {
  const next = word[at + 1];
  const after = word[at + 2];
  if (next === "ç") return word[at - 1] === "u";
  if (next === "n" && after === "h") return true;
  return next !== undefined && "lmnrz".includes(next) && (after === undefined || !VOWELS.has(after));
}

/** -ia, -io, -ua and the like at the end, s or not, of a word whose written accent stands before them. */
function endsWithDiphthong(word: string, at: number): boolean {
  const end = word.slice(at + 1);
  return (
    (end === "" || end === "s") && "aeo".includes(word[at]!) && /[áéíóúâêô]/u.test(word.slice(0, at - 1))
  );
}
