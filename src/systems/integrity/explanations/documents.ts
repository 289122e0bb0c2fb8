import type { Facts } from "../../../algorithms/text/finding.ts";
import type { Language } from "../../../algorithms/text/language.ts";
import type { Explanations } from "./explanation.ts";

type DocumentRule = "document.hidden_text" | "document.metadata" | "images.duplicate";
type Wording = Readonly<Record<string, (facts: Facts) => string>>;

/** Why a place is not seen. */
const HIDDEN: Readonly<Record<Language, Wording>> = {
  es: {
    not_shown: () =>
      "El archivo lo marca como oculto o lo dibuja de forma invisible. A veces lo deja una plantilla, un formulario o un programa que convierte documentos.",
    white: () =>
      "Las letras son blancas, o casi, sobre lo que parece papel blanco. Puede ser un resto de una plantilla o de un fondo que no se ha reconocido.",
    tiny: () =>
      "Las letras son demasiado pequeñas para leerlas. Puede venir de un dibujo que se redujo o de una conversión.",
    transparent: () =>
      "Las letras son transparentes. Puede ser un resto de una plantilla o de una marca de agua.",
    outside_page: () =>
      "Queda fuera del borde de la página. Suele ocurrir con líneas o tablas demasiado largas y con las marcas de imprenta.",
  },
  en: {
    not_shown: () =>
      "The file marks it as hidden or draws it invisibly. A template, a form or a program that converts documents may leave such text.",
    white: () =>
      "The letters are white, or nearly, on what looks like white paper. It may be left over from a template, or stand on a background that was not recognised.",
    tiny: () =>
      "The letters are too small to be read. They may come from a drawing that was scaled down or from a conversion.",
    transparent: () => "The letters are transparent. They may be left over from a template or a watermark.",
    outside_page: () =>
      "It lies beyond the edge of the page, as lines or tables that are too long and printer's marks often do.",
  },
  pt: {
    not_shown: () =>
      "O arquivo marca-o como oculto ou desenha-o de forma invisível. Um modelo, um formulário ou um programa que converte documentos pode deixar texto assim.",
    white: () =>
      "As letras são brancas, ou quase, sobre o que parece papel branco. Pode ser um resto de um modelo ou de um fundo que não foi reconhecido.",
    tiny: () =>
      "As letras são pequenas demais para serem lidas. Podem vir de um desenho que foi reduzido ou de uma conversão.",
    transparent: () => "As letras são transparentes. Podem ser um resto de um modelo ou de uma marca-d’água.",
    outside_page: () =>
      "Fica fora da borda da página, como costuma acontecer com linhas ou tabelas longas demais e com as marcas de impressão.",
  },
};

/** What a file says of its history. */
const METADATA: Readonly<Record<Language, Wording>> = {
  es: {
    no_drafts: (facts) =>
      `El archivo se creó y se guardó por última vez con ${minutes(facts.minutes, "es")} de diferencia, con ${minutes(facts.editing_minutes, "es")} de edición y ${counted(facts.revisions, "guardado", "guardados")}, y contiene ${facts.words} palabras. ` +
      "Es lo normal si el texto se escribió en otro lugar y se pegó en un archivo nuevo: las versiones anteriores pueden estar allí.",
    fast_writing: (facts) =>
      `El archivo registra ${minutes(facts.editing_minutes, "es")} de edición para ${facts.words} palabras, unas ${facts.words_per_minute} por minuto. ` +
      "Así ocurre cuando buena parte del texto se escribió en otro lugar; los editores en línea tampoco cuentan todo el tiempo.",
    clock: (facts) =>
      facts.which === "after_submission"
        ? `El archivo lleva una fecha ${hours(facts.hours, "es")} posterior a su entrega. Lo más frecuente es un reloj mal ajustado.`
        : `El archivo dice que se creó ${hours(facts.hours, "es")} después de su última modificación. Lo más frecuente es un reloj mal ajustado o una copia.`,
    other_editor: (facts) =>
      `El archivo lo creó «${facts.author}» y lo guardó por última vez «${facts.last_modified_by}». ` +
      "Puede ser un equipo compartido, una plantilla, un trabajo en grupo o la misma persona con otro nombre.",
  },
  en: {
    no_drafts: (facts) =>
      `The file was created and last saved ${minutes(facts.minutes, "en")} apart, with ${minutes(facts.editing_minutes, "en")} of editing and ${counted(facts.revisions, "save", "saves")}, and it holds ${facts.words} words. ` +
      "This is normal where the text was written elsewhere and pasted into a new file: earlier versions may be there.",
    fast_writing: (facts) =>
      `The file records ${minutes(facts.editing_minutes, "en")} of editing for ${facts.words} words, about ${facts.words_per_minute} a minute. ` +
      "This happens where much of the text was written elsewhere; online editors do not count all of the time either.",
    clock: (facts) =>
      facts.which === "after_submission"
        ? `The file carries a date ${hours(facts.hours, "en")} after it was handed in. A clock that was set wrongly is the most frequent reason.`
        : `The file says that it was created ${hours(facts.hours, "en")} after it was last changed. A clock that was set wrongly, or a copy, is the most frequent reason.`,
    other_editor: (facts) =>
      `The file was created by “${facts.author}” and last saved by “${facts.last_modified_by}”. ` +
      "It may be a shared computer, a template, work in a group or the same person under another name.",
  },
  pt: {
    no_drafts: (facts) =>
      `O arquivo foi criado e salvo pela última vez com ${minutes(facts.minutes, "pt")} de diferença, com ${minutes(facts.editing_minutes, "pt")} de edição e ${counted(facts.revisions, "gravação", "gravações")}, e contém ${facts.words} palavras. ` +
      "É o normal quando o texto foi escrito em outro lugar e colado num arquivo novo: as versões anteriores podem estar lá.",
    fast_writing: (facts) =>
      `O arquivo registra ${minutes(facts.editing_minutes, "pt")} de edição para ${facts.words} palavras, cerca de ${facts.words_per_minute} por minuto. ` +
      "Isso acontece quando boa parte do texto foi escrita em outro lugar; os editores on-line também não contam todo o tempo.",
    clock: (facts) =>
      facts.which === "after_submission"
        ? `O arquivo traz uma data ${hours(facts.hours, "pt")} posterior à entrega. O mais frequente é um relógio mal ajustado.`
        : `O arquivo diz que foi criado ${hours(facts.hours, "pt")} depois da última modificação. O mais frequente é um relógio mal ajustado ou uma cópia.`,
    other_editor: (facts) =>
      `O arquivo foi criado por “${facts.author}” e salvo pela última vez por “${facts.last_modified_by}”. ` +
      "Pode ser um computador compartilhado, um modelo, um trabalho em grupo ou a mesma pessoa com outro nome.",
  },
};

/** What a file shows beside its text. */
export const documentExplanations: Explanations<DocumentRule> = {
  "document.hidden_text": {
    es: (facts) =>
      `Aquí hay ${words(facts, "es")} que no se ven al leer el documento. ${said(HIDDEN.es, facts.reason, facts)}`,
    en: (facts) =>
      `There are ${words(facts, "en")} here that a reader of the document does not see. ${said(HIDDEN.en, facts.reason, facts)}`,
    pt: (facts) =>
      `Há aqui ${words(facts, "pt")} que não se veem ao ler o documento. ${said(HIDDEN.pt, facts.reason, facts)}`,
  },
  "document.metadata": {
    es: (facts) => said(METADATA.es, facts.kind, facts),
    en: (facts) => said(METADATA.en, facts.kind, facts),
    pt: (facts) => said(METADATA.pt, facts.kind, facts),
  },
  "images.duplicate": {
    es: (facts) =>
      facts.where === "document"
        ? `${facts.match === "exact" ? "Dos imágenes del documento son iguales" : "Dos imágenes del documento se parecen tanto que una puede ser copia de la otra"} (${places(facts, "es")}). Puede ser una repetición a propósito; los gráficos y las capturas de un mismo programa también se parecen.`
        : `Una imagen del documento es igual, o casi, a otra ${elsewhere(facts, "es")}. Puede ser un logotipo, una figura tomada de una fuente común o una imagen que se entregó a todos.`,
    en: (facts) =>
      facts.where === "document"
        ? `${facts.match === "exact" ? "Two pictures of the document are the same" : "Two pictures of the document are so alike that one may be a copy of the other"} (${places(facts, "en")}). It may be shown twice on purpose; plots and screenshots of one program are alike, too.`
        : `A picture of the document is the same, or nearly, as one ${elsewhere(facts, "en")}. It may be a logo, a figure from a common source or a picture that everybody was given.`,
    pt: (facts) =>
      facts.where === "document"
        ? `${facts.match === "exact" ? "Duas imagens do documento são iguais" : "Duas imagens do documento são tão parecidas que uma pode ser cópia da outra"} (${places(facts, "pt")}). Pode ser uma repetição intencional; os gráficos e as capturas de um mesmo programa também se parecem.`
        : `Uma imagem do documento é igual, ou quase, a outra ${elsewhere(facts, "pt")}. Pode ser um logotipo, uma figura de uma fonte comum ou uma imagem que foi entregue a todos.`,
  },
};

function said(wording: Wording, kind: Facts[string] | undefined, facts: Facts): string {
  return wording[String(kind)]?.(facts) ?? "";
}

const WORDS: Readonly<Record<Language, string>> = { es: "palabras", en: "words", pt: "palavras" };
const words = (facts: Facts, language: Language) => `${facts.words} ${WORDS[language]}`;

const counted = (count: Facts[string] | undefined, one: string, many: string) =>
  `${count} ${count === 1 ? one : many}`;

const MINUTES: Readonly<Record<Language, readonly [string, string]>> = {
  es: ["minuto", "minutos"],
  en: ["minute", "minutes"],
  pt: ["minuto", "minutos"],
};
const minutes = (count: Facts[string] | undefined, language: Language) =>
  counted(count, ...MINUTES[language]);

const HOURS: Readonly<Record<Language, readonly [string, string]>> = {
  es: ["hora", "horas"],
  en: ["hour", "hours"],
  pt: ["hora", "horas"],
};
const hours = (count: Facts[string] | undefined, language: Language) => counted(count, ...HOURS[language]);

const PLACES: Readonly<Record<Language, { pages: string; images: string; and: string }>> = {
  es: { pages: "páginas", images: "imágenes", and: "y" },
  en: { pages: "pages", images: "pictures", and: "and" },
  pt: { pages: "páginas", images: "imagens", and: "e" },
};

/** On which pages, or which ones in the document's order. */
function places(facts: Facts, language: Language): string {
  const { pages, images, and } = PLACES[language];
  return facts.page === undefined
    ? `${images} ${facts.image} ${and} ${facts.other_image}`
    : `${pages} ${facts.page} ${and} ${facts.other_page}`;
}

const ELSEWHERE: Readonly<Record<Language, string>> = {
  es: "de otro documento guardado",
  en: "in another stored document",
  pt: "de outro documento guardado",
};

/** In which case, by its title where it is known. */
function elsewhere({ title, case_id: id }: Facts, language: Language): string {
  const named = language === "es" ? `«${title}»` : `“${title}”`;
  if (title === undefined && id === undefined) return ELSEWHERE[language];
  const names = [title === undefined ? [] : [named], id === undefined ? [] : [String(id)]].flat();
  return `${ELSEWHERE[language]} (${names.join(", ")})`;
}
