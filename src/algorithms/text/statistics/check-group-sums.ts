import type { Finding } from "../finding.ts";
import type { Span } from "../span.ts";
import { COUNT, readCount } from "./reported-number.ts";

const PEOPLE =
  "(?:participantes?|participants?|estudiantes?|students?|alumn[oa]s|alunos|estudantes|pacientes|patients|personas|people|pessoas|sujetos|subjects|encuestad[oa]s|respondents|docentes|profesor(?:es|as)|professores|teachers|trabajador(?:es|as)|workers|trabalhadores|niñ[oa]s|children|crianças|adultos|adults|adolescent(?:e)?s|jóvenes|individuos|individuals|indivíduos|usuari[oa]s|users|usuários|voluntari[oa]s|volunteers|voluntários|universitari[oa]s)";
const WOMEN = "(?:mujeres|mulheres|women|females?|niñas|chicas|girls|meninas|moças)";
const MEN = "(?:hombres|varones|homens|men|males?|niños|chicos|boys|meninos|rapazes)";

/**
 * `de 120 participantes, 70 mujeres y 60 hombres`: a stated total of people, at most a few words without figures, and
 * the two groups into which it falls, each with its count, nothing in between but a share in brackets.
 */
const TWO_GROUPS = new RegExp(
  `(?<![\\p{L}\\p{N}.,])(${COUNT})\\s${PEOPLE}([^\\d.;!?]{1,60}?)(${COUNT})\\s(?:eran\\s|fueron\\s|were\\s|eram\\s)?(?:(${WOMEN})|(${MEN}))(?:\\s?\\([^()]{1,20}\\))?,?\\s(?:y|e|and|&)\\s(?:los\\s)?(${COUNT})\\s(?:eran\\s|fueron\\s|were\\s|eram\\s)?(?:(${WOMEN})|(${MEN}))(?!\\p{L})`,
  "giu",
);
/** Groups of something else than the total, or not all of them. */
const NOT_THE_WHOLE =
  /(?<!\p{L})(?:excluy|exclu|además|also|también|más|mais|plus|incluy|includ|inclu|entre|among|al menos|at least|por cada|por grupo|per group|each|cada|con|with|com|control|seleccion|select|respond|particip|finaliz|complet|analiz|analy)/iu;
/** A third group right behind. */
const MORE_BEHIND = /^\s?(?:\([^()]{1,20}\))?\s?(?:,|;|y|e|and|más|mais|plus)\s/iu;

/** Counts of women and men beside the stated total of the people they are. O(length of the sentence). */
export function checkGroupSums(
  text: string,
  sentence: Span,
): { checked: number; findings: readonly Finding<"statistics.sum">[] } {
  const written = text.slice(sentence.start, sentence.end);
  const findings: Finding<"statistics.sum">[] = [];
  let checked = 0;
  for (const match of written.matchAll(TWO_GROUPS)) {
    const [whole, total = "", between = "", one = "", women, , other = "", womenToo] = match;
    const sameGroupTwice = (women === undefined) === (womenToo === undefined);
    const end = match.index + whole.length;
    if (sameGroupTwice || NOT_THE_WHOLE.test(between) || mayGoOn(written, end)) continue;
    checked++;
    const stated = readCount(total);
    const sum = readCount(one) + readCount(other);
    if (sum === stated) continue;
    findings.push({
      rule: "statistics.sum",
      // Fewer than the total may be answers that are missing; more than the total cannot be.
      severity: sum > stated ? "medium" : "low",
      value: sum,
      threshold: stated,
      span: { start: sentence.start + match.index, end: sentence.start + end },
      facts: { kind: "counts", parts: [one, other], sum, total: stated },
    });
  }
  return { checked, findings };
}

/** Whether a third count may follow: `..., 60 hombres y 3 personas no binarias`. */
function mayGoOn(sentence: string, end: number): boolean {
  const behind = sentence.slice(end, end + 60);
  return (
    MORE_BEHIND.test(behind) &&
    /^\D{0,30}\d|rest|otr|other|no binari|non-?binary|não binári|prefer|missing/iu.test(behind)
  );
}
