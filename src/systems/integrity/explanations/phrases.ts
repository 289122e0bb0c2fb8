import type { Facts } from "../../../algorithms/text/finding.ts";
import type { Language } from "../../../algorithms/text/language.ts";
import type { Explanations } from "./explanation.ts";

/** What each kind of left-over is; the phrase itself stands before it. */
const KINDS: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  es: {
    self_reference: "es como un modelo de lenguaje habla de sí mismo",
    as_model: "es como un modelo de lenguaje habla de sí mismo en primera persona",
    limits:
      "es como los modelos de lenguaje suelen hablar de sus límites, aunque también puede escribirlo una persona",
    answer_frame: "es como los asistentes de conversación suelen entregar una respuesta",
    opening: "es como los asistentes de conversación suelen empezar una respuesta",
    courtesy:
      "es una fórmula con la que suelen terminar las respuestas de un asistente, y también muchas cartas",
    interface: "es una marca de la interfaz de un asistente de conversación, que nadie escribe a mano",
    tracked_link:
      "es un enlace que se copió de un asistente de conversación; solo dice de dónde viene el enlace",
    placeholder: "es un hueco de plantilla que quedó sin rellenar",
  },
  en: {
    self_reference: "is how a language model speaks of itself",
    as_model: "is how a language model speaks of itself in the first person",
    limits: "is how language models often speak of their limits, though a person may write it, too",
    answer_frame: "is how chat assistants often hand over an answer",
    opening: "is how chat assistants often begin an answer",
    courtesy: "is a formula that often ends an assistant's answers, and many letters as well",
    interface: "is a mark of a chat assistant's interface that nobody writes by hand",
    tracked_link: "is a link copied from a chat assistant; it only says where the link comes from",
    placeholder: "is a gap of a template that was left unfilled",
  },
  pt: {
    self_reference: "é como um modelo de linguagem fala de si mesmo",
    as_model: "é como um modelo de linguagem fala de si mesmo na primeira pessoa",
    limits:
      "é como os modelos de linguagem costumam falar dos seus limites, embora uma pessoa também possa escrevê-lo",
    answer_frame: "é como os assistentes de conversa costumam entregar uma resposta",
    opening: "é como os assistentes de conversa costumam começar uma resposta",
    courtesy: "é uma fórmula com que costumam terminar as respostas de um assistente, e também muitas cartas",
    interface: "é uma marca da interface de um assistente de conversa, que ninguém escreve à mão",
    tracked_link: "é um link copiado de um assistente de conversa; diz apenas de onde vem o link",
    placeholder: "é uma lacuna de modelo que ficou por preencher",
  },
};

/** Phrases that no author writes. */
export const phraseExplanations: Explanations<"phrases.tortured" | "phrases.model_leftover"> = {
  "phrases.tortured": {
    es: (facts) =>
      `«${facts.phrase}» parece un sustituto palabra por palabra del término «${facts.expected}», como los que producen los programas de reescritura automática o una traducción literal. ` +
      `En el texto hay ${different(facts, "expresión distinta", "expresiones distintas")} de este tipo${listed(facts, ", y esta procede de la lista de la institución")}; una sola puede ser una elección del autor.`,
    en: (facts) =>
      `“${facts.phrase}” looks like a word-by-word replacement of the term “${facts.expected}”, as paraphrasing software or a literal translation produces it. ` +
      `The text has ${different(facts, "different phrase", "different phrases")} of this kind${listed(facts, ", and this one is from the institution's own list")}; a single one may be the author's choice.`,
    pt: (facts) =>
      `“${facts.phrase}” parece um substituto palavra por palavra do termo “${facts.expected}”, como os que produzem os programas de reescrita automática ou uma tradução literal. ` +
      `No texto há ${different(facts, "expressão diferente", "expressões diferentes")} deste tipo${listed(facts, ", e esta procede da lista da instituição")}; uma só pode ser uma escolha do autor.`,
  },
  "phrases.model_leftover": {
    es: (facts) =>
      `«${facts.phrase}» ${kind(facts, "es")}. Conviene leer el contexto: puede ser una cita o un ejemplo, y no dice cuánto del texto tiene el mismo origen.`,
    en: (facts) =>
      `“${facts.phrase}” ${kind(facts, "en")}. Read the context: it may be a quotation or an example, and it does not tell how much of the text has the same origin.`,
    pt: (facts) =>
      `“${facts.phrase}” ${kind(facts, "pt")}. Convém ler o contexto: pode ser uma citação ou um exemplo, e não diz quanto do texto tem a mesma origem.`,
  },
};

const different = ({ distinct }: Facts, one: string, many: string) =>
  `${distinct} ${distinct === 1 ? one : many}`;

const listed = ({ origin }: Facts, words: string) => (origin === "list" ? words : "");

const kind = (facts: Facts, language: Language) =>
  KINDS[language][String(facts.kind)] ?? KINDS[language].answer_frame ?? "";
