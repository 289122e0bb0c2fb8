import type { Facts } from "../../../algorithms/text/finding.ts";
import type { Language } from "../../../algorithms/text/language.ts";
import type { Explanations } from "./explanation.ts";

interface Wording {
  /** Features that are counted in 100 words, and the two means. */
  readonly features: Readonly<Record<string, string>>;
  readonly word: (word: string) => string;
  readonly compared: (feature: string, here: string, rest: string) => string;
  readonly trigrams: (similarity: string) => string;
}

const WORDINGS: Readonly<Record<Language, Wording>> = {
  es: {
    features: {
      sentence_length: "palabras por frase",
      word_length: "letras por palabra",
      capitals: "mayúsculas por cada 100 palabras",
      digits: "números por cada 100 palabras",
      comma: "comas por cada 100 palabras",
      semicolon: "puntos y coma por cada 100 palabras",
      colon: "dos puntos por cada 100 palabras",
      parenthesis: "paréntesis por cada 100 palabras",
      dash: "rayas por cada 100 palabras",
      question_mark: "signos de interrogación por cada 100 palabras",
      exclamation_mark: "signos de exclamación por cada 100 palabras",
      ellipsis: "puntos suspensivos por cada 100 palabras",
      straight_quote: "comillas y apóstrofos rectos por cada 100 palabras",
      curly_quote: "comillas y apóstrofos curvos por cada 100 palabras",
      angle_quote: "comillas angulares por cada 100 palabras",
    },
    word: (word) => `la palabra «${word}», con o sin tilde, por cada 100 palabras`,
    compared: (feature, here, rest) => `${feature}: ${here} frente a ${rest}`,
    trigrams: (similarity) => `secuencias de tres caracteres: semejanza de ${similarity} sobre 1`,
  },
  en: {
    features: {
      sentence_length: "words per sentence",
      word_length: "letters per word",
      capitals: "capitals in 100 words",
      digits: "numbers in 100 words",
      comma: "commas in 100 words",
      semicolon: "semicolons in 100 words",
      colon: "colons in 100 words",
      parenthesis: "parentheses in 100 words",
      dash: "dashes in 100 words",
      question_mark: "question marks in 100 words",
      exclamation_mark: "exclamation marks in 100 words",
      ellipsis: "ellipses in 100 words",
      straight_quote: "straight quotation marks and apostrophes in 100 words",
      curly_quote: "curly quotation marks and apostrophes in 100 words",
      angle_quote: "angle quotation marks in 100 words",
    },
    word: (word) => `the word “${word}” in 100 words`,
    compared: (feature, here, rest) => `${feature}: ${here} against ${rest}`,
    trigrams: (similarity) => `sequences of three characters: a similarity of ${similarity} out of 1`,
  },
  pt: {
    features: {
      sentence_length: "palavras por frase",
      word_length: "letras por palavra",
      capitals: "maiúsculas a cada 100 palavras",
      digits: "números a cada 100 palavras",
      comma: "vírgulas a cada 100 palavras",
      semicolon: "pontos e vírgulas a cada 100 palavras",
      colon: "dois-pontos a cada 100 palavras",
      parenthesis: "parênteses a cada 100 palavras",
      dash: "travessões a cada 100 palavras",
      question_mark: "pontos de interrogação a cada 100 palavras",
      exclamation_mark: "pontos de exclamação a cada 100 palavras",
      ellipsis: "reticências a cada 100 palavras",
      straight_quote: "aspas e apóstrofos retos a cada 100 palavras",
      curly_quote: "aspas e apóstrofos curvos a cada 100 palavras",
      angle_quote: "aspas angulares a cada 100 palavras",
    },
    word: (word) => `a palavra “${word}”, com ou sem acento, a cada 100 palavras`,
    compared: (feature, here, rest) => `${feature}: ${here} contra ${rest}`,
    trigrams: (similarity) => `sequências de três caracteres: semelhança de ${similarity} em 1`,
  },
};

/** A style that differs from the rest of the document, or from the author's earlier texts. */
export const styleExplanations: Explanations<"style.change"> = {
  "style.change": {
    es: (facts) =>
      `${
        fromEarlier(facts)
          ? `El estilo de este texto se aparta del que tienen los textos anteriores del mismo autor (${number(facts.earlier_words, "es")} palabras)`
          : `El estilo de este fragmento de ${number(facts.words, "es")} palabras se aparta del que tiene el resto del documento`
      }: una distancia de ${number(facts.distance, "es")} desviaciones típicas, y se señala a partir de ${number(facts.threshold, "es")}.${listed(facts, "es", " Lo que más difiere:", ".")} ` +
      "Es un indicio débil: una misma persona también varía según el tema, la sección, las citas o la época, y esto no demuestra que haya escrito otra.",
    en: (facts) =>
      `${
        fromEarlier(facts)
          ? `The style of this text departs from that of the same author's earlier texts (${number(facts.earlier_words, "en")} words)`
          : `The style of this passage of ${number(facts.words, "en")} words departs from that of the rest of the document`
      }: a distance of ${number(facts.distance, "en")} standard deviations, reported from ${number(facts.threshold, "en")}.${listed(facts, "en", " What differs most:", ".")} ` +
      "This is weak evidence: one person's writing also varies with the topic, the section, quotations and time, and it does not show that somebody else wrote it.",
    pt: (facts) =>
      `${
        fromEarlier(facts)
          ? `O estilo deste texto afasta-se do estilo dos textos anteriores do mesmo autor (${number(facts.earlier_words, "pt")} palavras)`
          : `O estilo deste trecho de ${number(facts.words, "pt")} palavras afasta-se do estilo do resto do documento`
      }: uma distância de ${number(facts.distance, "pt")} desvios-padrão, assinalada a partir de ${number(facts.threshold, "pt")}.${listed(facts, "pt", " O que mais difere:", ".")} ` +
      "É um indício fraco: a mesma pessoa também varia conforme o tema, a seção, as citações ou a época, e isto não demonstra que outra pessoa tenha escrito.",
  },
};

const fromEarlier = (facts: Facts) => facts.comparison === "earlier_texts";

const NUMBERS: Readonly<Record<Language, Intl.NumberFormat>> = {
  es: new Intl.NumberFormat("es", { maximumFractionDigits: 2 }),
  en: new Intl.NumberFormat("en", { maximumFractionDigits: 2 }),
  pt: new Intl.NumberFormat("pt", { maximumFractionDigits: 2 }),
};

function number(value: Facts[string] | undefined, language: Language): string {
  return typeof value === "number" ? NUMBERS[language].format(value) : String(value ?? "");
}

/** The features that set the text apart, behind some words; nothing where none stands out. */
function listed(facts: Facts, language: Language, lead: string, end: string): string {
  const told = [1, 2, 3].flatMap((rank) => {
    const name = facts[`feature_${rank}`];
    if (typeof name !== "string") return [];
    const here = number(facts[`feature_${rank}_here`], language);
    const rest = number(facts[`feature_${rank}_rest`], language);
    return [feature(name, here, rest, WORDINGS[language])];
  });
  return told.length === 0 ? "" : `${lead} ${told.join("; ")}${end}`;
}

function feature(name: string, here: string, rest: string, wording: Wording): string {
  if (name === "character_trigrams") return wording.trigrams(here);
  const [kind, word] = name.split(":");
  if (kind === "function_word" && word !== undefined) return wording.compared(wording.word(word), here, rest);
  return wording.compared(wording.features[name] ?? name, here, rest);
}
