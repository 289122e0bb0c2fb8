import type { Facts } from "../../../algorithms/text/finding.ts";
import type { Language } from "../../../algorithms/text/language.ts";
import type { Explanations } from "./explanation.ts";

type CharacterRule = "characters.homoglyph" | "characters.invisible" | "characters.bidi";

/** What characters do, by the kinds that the analysis names. */
interface Wording {
  readonly invisible: Readonly<Record<string, (facts: Facts) => string>>;
  readonly bidi: Readonly<Record<string, string>>;
}

const WORDINGS: Readonly<Record<Language, Wording>> = {
  es: {
    invisible: {
      soft_hyphen: (facts) =>
        `El texto contiene ${counted(facts, "guion opcional invisible", "guiones opcionales invisibles")}, que suelen dejar los procesadores de texto y las páginas web.`,
      narrow_space: (facts) =>
        `Hay ${counted(facts, "espacio muy estrecho", "espacios muy estrechos")} entre letras (${list(facts.characters)}), que al leer apenas se ven. Suelen venir de la maquetación o de un PDF.`,
      in_word: (facts) =>
        `Dentro de una palabra hay ${counted(facts, "carácter invisible", "caracteres invisibles")} (${list(facts.characters)}); en todo el texto son ${facts.affected_words} las palabras afectadas. Puede venir de una copia desde la web o un PDF, y también impide que la palabra se encuentre al comparar textos.`,
      between_words: (facts) =>
        `Aquí hay ${counted(facts, "carácter invisible", "caracteres invisibles")} (${list(facts.characters)}). Casi siempre es un resto de copiar y pegar.`,
      hidden_text: (facts) =>
        `Aquí hay una secuencia de ${facts.count} caracteres invisibles que puede contener un mensaje oculto${quoted(facts, ": «", "»")}. Ningún procesador de texto la produce por sí solo.`,
    },
    bidi: {
      override:
        "obliga a mostrar las letras en un orden fijo, que puede no ser el orden en que están escritas",
      embedding: "cambia el orden en que se muestran números y signos",
      isolate: "aísla un fragmento para mostrarlo en otra dirección",
    },
  },
  en: {
    invisible: {
      soft_hyphen: (facts) =>
        `The text has ${counted(facts, "invisible soft hyphen", "invisible soft hyphens")}, which word processors and web pages often leave.`,
      narrow_space: (facts) =>
        `There ${facts.count === 1 ? "is" : "are"} ${counted(facts, "very narrow space", "very narrow spaces")} between letters (${list(facts.characters)}), hardly visible to a reader. They mostly come from typesetting or a PDF.`,
      in_word: (facts) =>
        `Inside a word there ${facts.count === 1 ? "is" : "are"} ${counted(facts, "invisible character", "invisible characters")} (${list(facts.characters)}); words affected in the whole text: ${facts.affected_words}. It may come from copying out of a web page or a PDF, and it also keeps the word from being found when texts are compared.`,
      between_words: (facts) =>
        `There ${facts.count === 1 ? "is" : "are"} ${counted(facts, "invisible character", "invisible characters")} here (${list(facts.characters)}). It is nearly always left over from copy and paste.`,
      hidden_text: (facts) =>
        `There is a sequence of ${facts.count} invisible characters here that may hold a hidden message${quoted(facts, ": “", "”")}. No word processor produces it by itself.`,
    },
    bidi: {
      override: "forces letters to be shown in a fixed order, which may not be the order they are stored in",
      embedding: "changes the order in which numbers and punctuation are shown",
      isolate: "sets a passage apart to be shown in another direction",
    },
  },
  pt: {
    invisible: {
      soft_hyphen: (facts) =>
        `O texto contém ${counted(facts, "hífen opcional invisível", "hífens opcionais invisíveis")}, que os processadores de texto e as páginas da web costumam deixar.`,
      narrow_space: (facts) =>
        `Há ${counted(facts, "espaço muito estreito", "espaços muito estreitos")} entre letras (${list(facts.characters)}), que mal se veem na leitura. Costumam vir da diagramação ou de um PDF.`,
      in_word: (facts) =>
        `Dentro de uma palavra há ${counted(facts, "caractere invisível", "caracteres invisíveis")} (${list(facts.characters)}); palavras afetadas em todo o texto: ${facts.affected_words}. Pode vir de uma cópia da web ou de um PDF, e também impede que a palavra seja encontrada na comparação de textos.`,
      between_words: (facts) =>
        `Há aqui ${counted(facts, "caractere invisível", "caracteres invisíveis")} (${list(facts.characters)}). Quase sempre é um resto de copiar e colar.`,
      hidden_text: (facts) =>
        `Há aqui uma sequência de ${facts.count} caracteres invisíveis que pode conter uma mensagem oculta${quoted(facts, ": “", "”")}. Nenhum processador de texto a produz por si só.`,
    },
    bidi: {
      override: "obriga a mostrar as letras numa ordem fixa, que pode não ser a ordem em que estão escritas",
      embedding: "muda a ordem em que números e sinais são mostrados",
      isolate: "isola um trecho para mostrá-lo em outra direção",
    },
  },
};

/** Characters that are not what they look like. */
export const characterExplanations: Explanations<CharacterRule> = {
  "characters.homoglyph": {
    es: (facts) =>
      `La palabra «${facts.word}» se lee «${facts.looks_like}», pero contiene letras de otro alfabeto: ${list(facts.letters)}. ` +
      `En todo el texto son ${facts.affected_words} palabras. Puede deberse al teclado o a un reconocimiento óptico, y también impide que la palabra se encuentre al comparar textos.`,
    en: (facts) =>
      `The word “${facts.word}” reads “${facts.looks_like}” but contains letters of another alphabet: ${list(facts.letters)}. ` +
      `Words affected in the whole text: ${facts.affected_words}. It may come from the keyboard or from optical recognition, and it also keeps the word from being found when texts are compared.`,
    pt: (facts) =>
      `A palavra “${facts.word}” lê-se “${facts.looks_like}”, mas contém letras de outro alfabeto: ${list(facts.letters)}. ` +
      `Palavras afetadas em todo o texto: ${facts.affected_words}. Pode dever-se ao teclado ou a um reconhecimento óptico, e também impede que a palavra seja encontrada na comparação de textos.`,
  },
  "characters.invisible": {
    es: (facts) => invisible(facts, "es"),
    en: (facts) => invisible(facts, "en"),
    pt: (facts) => invisible(facts, "pt"),
  },
  "characters.bidi": {
    es: (facts) =>
      `Aquí hay un control invisible de dirección de escritura (${facts.character}) que ${bidi(facts, "es")}, aunque el texto no contiene nada que se escriba de derecha a izquierda. Puede ser un resto de copiar y pegar.`,
    en: (facts) =>
      `There is an invisible control of writing direction here (${facts.character}) that ${bidi(facts, "en")}, though nothing in the text is written from right to left. It may be left over from copy and paste.`,
    pt: (facts) =>
      `Há aqui um controle invisível de direção da escrita (${facts.character}) que ${bidi(facts, "pt")}, embora nada no texto se escreva da direita para a esquerda. Pode ser um resto de copiar e colar.`,
  },
};

function invisible(facts: Facts, language: Language): string {
  const { invisible: wordings } = WORDINGS[language];
  return (wordings[String(facts.kind)] ?? wordings.between_words)?.(facts) ?? "";
}

const bidi = ({ control }: Facts, language: Language) => WORDINGS[language].bidi[String(control)] ?? "";

const counted = ({ count }: Facts, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

const list = (value: Facts[string] | undefined) =>
  Array.isArray(value) ? value.join(", ") : String(value ?? "");

/** The message in quotation marks, where its letters could be read. */
const quoted = ({ hidden }: Facts, open: string, close: string) => (hidden ? `${open}${hidden}${close}` : "");
