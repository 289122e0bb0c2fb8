import type { Facts } from "../../../algorithms/text/finding.ts";
import type { Explanations } from "./explanation.ts";

const notes = (facts: Facts, quoted: string, own: string) =>
  `${facts.quoted ? ` ${quoted}` : ""}${facts.same_author ? ` ${own}` : ""}`;

export const similarityExplanations: Explanations<"similarity.passage"> = {
  "similarity.passage": {
    es: (facts) =>
      `${facts.matched_words} de las ${facts.words} palabras de este pasaje coinciden, en el mismo orden, con otro documento. ` +
      `Puede ser una cita, un texto común o una fuente compartida: conviene leer ambos pasajes.${notes(facts, "El pasaje está entre comillas.", "El otro documento es del mismo autor.")}`,
    en: (facts) =>
      `${facts.matched_words} of this passage's ${facts.words} words agree, in the same order, with another document. ` +
      `It may be a quotation, common text or a shared source: read both passages.${notes(facts, "The passage stands within quotation marks.", "The other document is by the same author.")}`,
    pt: (facts) =>
      `${facts.matched_words} das ${facts.words} palavras deste trecho coincidem, na mesma ordem, com outro documento. ` +
      `Pode ser uma citação, um texto comum ou uma fonte partilhada: convém ler os dois trechos.${notes(facts, "O trecho está entre aspas.", "O outro documento é do mesmo autor.")}`,
  },
};
