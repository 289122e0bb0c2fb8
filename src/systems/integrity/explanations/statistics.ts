import type { Facts } from "../../../algorithms/text/finding.ts";
import type { Language } from "../../../algorithms/text/language.ts";
import type { Explanations } from "./explanation.ts";

type StatisticsRule = "statistics.p_value" | "statistics.grim" | "statistics.percentage" | "statistics.sum";

/** Numbers of a document that do not agree with each other when they are computed again. */
export const statisticsExplanations: Explanations<StatisticsRule> = {
  "statistics.p_value": {
    es: (facts) =>
      `Con los valores que se informan («${facts.expression}») la p recalculada es ${pValue(facts.recomputed, "es")}, también si se cuentan los redondeos${decides(facts, ", y queda al otro lado de 0,05")}. ` +
      "Puede ser una errata, una prueba unilateral o corregida que no se menciona, o grados de libertad mal copiados: conviene revisar la salida original.",
    en: (facts) =>
      `With the values reported (“${facts.expression}”) the recomputed p is ${pValue(facts.recomputed, "en")}, rounding included${decides(facts, ", and lies on the other side of .05")}. ` +
      "It may be a typing error, a one-sided or corrected test that is not mentioned, or degrees of freedom copied wrongly: check the original output.",
    pt: (facts) =>
      `Com os valores informados (“${facts.expression}”) o p recalculado é ${pValue(facts.recomputed, "pt")}, mesmo contando os arredondamentos${decides(facts, ", e fica do outro lado de 0,05")}. ` +
      "Pode ser um erro de digitação, um teste unilateral ou corrigido que não é mencionado, ou graus de liberdade mal copiados: convém conferir a saída original.",
  },
  "statistics.grim": {
    es: (facts) =>
      `Con ${number(facts.n, "es")} respuestas enteras ninguna media se redondea a ${facts.mean}: las más próximas son ${number(facts.below, "es")} y ${number(facts.above, "es")}. ` +
      "Deja de valer si cada persona dio varias respuestas, si faltan datos o si la escala admite decimales.",
    en: (facts) =>
      `With ${number(facts.n, "en")} whole answers no mean rounds to ${facts.mean}: the nearest are ${number(facts.below, "en")} and ${number(facts.above, "en")}. ` +
      "This does not hold if each person gave several answers, if data are missing or if the scale allows decimals.",
    pt: (facts) =>
      `Com ${number(facts.n, "pt")} respostas inteiras nenhuma média se arredonda para ${facts.mean}: as mais próximas são ${number(facts.below, "pt")} e ${number(facts.above, "pt")}. ` +
      "Deixa de valer se cada pessoa deu várias respostas, se faltam dados ou se a escala admite decimais.",
  },
  "statistics.percentage": {
    es: (facts) =>
      `${number(facts.part, "es")} de ${number(facts.whole, "es")} es el ${number(facts.recomputed, "es")} %, y el texto dice ${facts.reported} %; el redondeo no lo explica. ` +
      "Puede que el porcentaje se refiera a otro total que no se menciona aquí.",
    en: (facts) =>
      `${number(facts.part, "en")} of ${number(facts.whole, "en")} is ${number(facts.recomputed, "en")}%, and the text says ${facts.reported}%; rounding does not explain it. ` +
      "The percentage may refer to another total that is not mentioned here.",
    pt: (facts) =>
      `${number(facts.part, "pt")} de ${number(facts.whole, "pt")} é ${number(facts.recomputed, "pt")}%, e o texto diz ${facts.reported}%; o arredondamento não o explica. ` +
      "A porcentagem pode referir-se a outro total que não é mencionado aqui.",
  },
  "statistics.sum": {
    es: (facts) =>
      facts.kind === "percentages"
        ? `Los porcentajes de esta enumeración, cuyo último se presenta como el restante, suman ${number(facts.sum, "es")} % y no 100 %. Puede que alguno se refiera a otro total.`
        : `Los grupos que se nombran suman ${number(facts.sum, "es")} y el total que se indica es ${number(facts.total, "es")}. Puede haber respuestas sin clasificar o un grupo que se menciona en otro lugar.`,
    en: (facts) =>
      facts.kind === "percentages"
        ? `The percentages of this enumeration, whose last is called the remaining one, add up to ${number(facts.sum, "en")}% and not to 100%. One of them may refer to another total.`
        : `The groups named add up to ${number(facts.sum, "en")} and the stated total is ${number(facts.total, "en")}. There may be unclassified answers, or a group mentioned elsewhere.`,
    pt: (facts) =>
      facts.kind === "percentages"
        ? `As porcentagens desta enumeração, cuja última é apresentada como a restante, somam ${number(facts.sum, "pt")}% e não 100%. Alguma delas pode referir-se a outro total.`
        : `Os grupos nomeados somam ${number(facts.sum, "pt")} e o total indicado é ${number(facts.total, "pt")}. Pode haver respostas sem classificação ou um grupo mencionado em outro lugar.`,
  },
};

/** Below this a p is told as a limit. */
const SMALLEST_P = 0.0001;

function pValue(value: Facts[string] | undefined, language: Language): string {
  if (typeof value !== "number") return String(value ?? "");
  const format = new Intl.NumberFormat(language, { maximumFractionDigits: 4 });
  const limit = language === "en" ? "less than" : "menor que";
  return value < SMALLEST_P ? `${limit} ${format.format(SMALLEST_P)}` : format.format(value);
}

function number(value: Facts[string] | undefined, language: Language): string {
  return typeof value === "number"
    ? new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(value)
    : String(value ?? "");
}

const decides = (facts: Facts, words: string) => (facts.decision === 1 ? words : "");
