import { latin } from "./latin.ts";

/** Pieces of expressions for the ways in which bibliographies write names. All are used with the flags `uy`. */

/** `de`, `da`, `dos`, `del`, `la`, `von`, `van`, `der`, `ten`, `zu`, ...; two of them in a row make `de la`, `van der`. */
const PARTICLE = "(?:d[aeiou][slrn]?|della|l[aeo]s?|el|al|[vV][ao]n|vander|te[nr]|zu[rm]?|a[fv]|bin|ibn)";
const APOSTROPHE = "(?:[dDlLtTOo]['’])?";
const WORD = `${APOSTROPHE}\\p{Lu}[\\p{L}\\p{M}'’\\u2010\\u2011-]+`;
/** Not two or three capitals, which are initials where the surname comes first. */
const SURNAME_WORD = `(?!\\p{Lu}{1,3}(?:-\\p{Lu}{1,2})?(?![\\p{L}'’]))${WORD}`;
const INITIAL = "\\p{Lu}(?:\\p{Ll}{1,2}|-\\p{Lu})?\\.";
const INITIALS = `${INITIAL}(?:(?:\\s?[-\\u2010–]\\s?|\\s)?${INITIAL}){0,6}(?:-\\p{Ll}\\.)?`;
const BARE_INITIALS =
  "(?:\\p{Lu}{2,3}(?![\\p{L}\\p{M}'’-])|\\p{Lu}{1,3}(?:[ -]\\p{Lu}{1,2})?(?![\\p{L}\\p{M}'’.-]))";
const SUFFIX = "(?:,?\\s(?:Jr|Sr|II|III|IV|Filho|Júnior|Neto)\\b\\.?)?";

const surname = (word: string) =>
  `(?:${PARTICLE}\\s){0,2}${word}(?:\\s(?:(?:${PARTICLE}|y|e)\\s){0,2}${word}){0,3}`;
const LONE = "\\p{Lu}(?![\\p{L}.])";
const GIVEN = `(?:${WORD}(?:\\s(?:${PARTICLE}\\s){0,2}${WORD}){0,3}(?:\\s(?:${INITIALS}|${LONE}))?(?:\\s${PARTICLE}(?=[.,;]))?|${INITIALS}\\s${WORD})`;
/** Words that open titles and no given name. */
const NO_ARTICLE =
  "(?!(?:The|An|On|In|El|La|Los|Las|Le|Les|Un|Una|Une|Os|As|Um|Uma|How|Why|What|From|For|To|Of)\\s)";

/** What may follow a name. */
const AFTER =
  '(?:(?<=\\.)(?=\\s|$)|(?=\\s*(?:[.,;:&(\\[“"«‘*†/\\uE000]|$)|\\s+(?:(?:and|y|e|et|und|with|con)\\s|1[4-9]\\d\\d\\b|20\\d\\d\\b)))';

const PUNCTUATED = "(?=\\s*[,;:&(]|\\s+(?:and|y|e|et|und)\\s)";

const expression = (source: string, after = AFTER) => latin(source + after, "y");

/** `Hill, P. M.`, `García Márquez, G.`, `Hong, GD` */
export const SURNAME_COMMA_INITIALS = expression(
  `(?<surname>${surname(WORD)}),\\s?(?<given>(?:${INITIALS}(?:\\s${PARTICLE}(?=[,;. ]))?|${BARE_INITIALS}\\.?))${SUFFIX}`,
);
/** `P. M. Hill`, `W.-P. de Roever` */
export const INITIALS_SURNAME = expression(
  `(?<given>${INITIALS}|[B-DF-HJ-NP-XZ](?=\\s))\\s?(?<surname>${surname(WORD)})${SUFFIX}`,
);
/** `Pérez-Higueras JJ,`, `Belsole E.,`: in a list, before what shows that the name is over. */
export const SURNAME_INITIALS = expression(
  `(?<surname>${surname(SURNAME_WORD)})\\s(?<given>(?:${INITIALS}|${BARE_INITIALS}))${SUFFIX}`,
  `(?:${PUNCTUATED}|(?<=\\p{Lu}\\p{Lu})(?=\\.))`,
);
/** The last name of such a list, or the only one: `Schneider D.` */
export const SURNAME_INITIALS_LAST = expression(
  `(?<surname>${surname(SURNAME_WORD)})\\s(?<given>(?:${INITIALS}|\\p{Lu}{1,3}(?:[ -]\\p{Lu}{1,2})?(?![\\p{L}\\p{M}'’-])))${SUFFIX}`,
);
/** `Puente, Lucas`, `SILVA, João Carlos da` */
export const SURNAME_COMMA_GIVEN = expression(`(?<surname>${surname(WORD)}),\\s?(?<given>${GIVEN})${SUFFIX}`);
/** `Marc Shapiro`, `W. Bruce Croft`, `Ludwig van Beethoven` */
export const GIVEN_SURNAME = expression(
  `${NO_ARTICLE}(?<given>(?:${WORD}|${INITIALS})(?:\\s(?:${WORD}|${INITIALS})){0,3}?)\\s(?<surname>(?:${PARTICLE}\\s){0,2}${WORD})${SUFFIX}`,
);
/** `GAÏTI Brigitte`: the surname is told by its capitals. */
export const CAPITALS_GIVEN = expression(
  `(?<surname>(?:(?:DE|DA|DU|LA|LE|VAN|VON)\\s)?\\p{Lu}[\\p{Lu}'’-]{2,}(?:\\s\\p{Lu}{3,})*)\\s(?<given>\\p{Lu}\\p{Ll}[\\p{L}-]*)`,
);
