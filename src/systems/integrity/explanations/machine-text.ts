import type { Facts } from "../../../algorithms/text/finding.ts";
import type { Language } from "../../../algorithms/text/language.ts";
import type { Explanations } from "./explanation.ts";

/** A text that resembles what language models write. */
export const machineTextExplanations: Explanations<"machine_text.likelihood"> = {
  "machine_text.likelihood": {
    es: (facts) =>
      `El texto se parece a lo que escriben los modelos de lenguaje: ${number(facts.score, "es")} en una escala de 0 a 1 que no es una probabilidad; se señala a partir de ${number(facts.threshold, "es")}. ` +
      `Cuentan sus frases hechas (${number(facts.phrases_per_1000, "es")} por cada 1000 palabras${quoted(facts, "; por ejemplo, ", "«", "»")}) y la regularidad del texto. ` +
      `Es un indicio débil y nunca una prueba: de ${number(facts.people_texts, "es")} ensayos de personas (${number(facts.learner_texts, "es")} de estudiantes de español) señaló ${number(facts.people_reported, "es")}, y son demasiado pocos para saber cuánto se equivoca; ` +
      "detectores publicados señalan el 61 % de los ensayos de quienes no escriben en su lengua materna.",
    en: (facts) =>
      `The text resembles what language models write: ${number(facts.score, "en")} on a scale from 0 to 1 that is no probability; it is reported from ${number(facts.threshold, "en")}. ` +
      `What counts is its stock phrases (${number(facts.phrases_per_1000, "en")} in 1,000 words${quoted(facts, "; for example, ", "“", "”")}) and how even the text is. ` +
      `This is weak evidence and never proof: of ${number(facts.people_texts, "en")} essays by people (${number(facts.learner_texts, "en")} by learners of Spanish) it reported ${number(facts.people_reported, "en")}, and they are too few to know how often it errs; ` +
      "published detectors report 61% of the essays of non-native writers.",
    pt: (facts) =>
      `O texto assemelha-se ao que escrevem os modelos de linguagem: ${number(facts.score, "pt")} em uma escala de 0 a 1 que não é uma probabilidade; é assinalado a partir de ${number(facts.threshold, "pt")}. ` +
      `Contam as suas frases feitas (${number(facts.phrases_per_1000, "pt")} a cada 1000 palavras${quoted(facts, "; por exemplo, ", "“", "”")}) e a regularidade do texto. ` +
      `É um indício fraco e nunca uma prova: de ${number(facts.people_texts, "pt")} redações de pessoas (${number(facts.learner_texts, "pt")} de estudantes de espanhol) assinalou ${number(facts.people_reported, "pt")}, e são poucas demais para saber quanto ele erra; ` +
      "detectores publicados assinalam 61% das redações de quem não escreve na sua língua materna.",
  },
};

const NUMBERS: Readonly<Record<Language, Intl.NumberFormat>> = {
  es: new Intl.NumberFormat("es", { maximumFractionDigits: 2 }),
  en: new Intl.NumberFormat("en", { maximumFractionDigits: 2 }),
  pt: new Intl.NumberFormat("pt", { maximumFractionDigits: 2 }),
};

function number(value: Facts[string] | undefined, language: Language): string {
  return typeof value === "number" ? NUMBERS[language].format(value) : String(value ?? "");
}

const EXAMPLES = 3;

/** Some of the phrases that were found, in quotation marks. */
function quoted({ phrases }: Facts, lead: string, open: string, close: string): string {
  if (!Array.isArray(phrases) || phrases.length === 0) return "";
  return (
    lead +
    phrases
      .slice(0, EXAMPLES)
      .map((phrase) => `${open}${phrase}${close}`)
      .join(", ")
  );
}
