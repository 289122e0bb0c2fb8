import type { Facts, TextRule } from "../../../algorithms/text/finding.ts";
import type { Language } from "../../../algorithms/text/language.ts";
import type { Explanations } from "./explanation.ts";

type ReferenceRule = Extract<TextRule, `references.${string}`>;

/** How a document's citations and its list of references agree with each other and with themselves. */
export const referenceExplanations: Explanations<ReferenceRule> = {
  "references.uncited": {
    es: (facts) =>
      isMany(facts)
        ? `${facts.count} de las ${facts.total} entradas de la lista de referencias no se reconocen citadas en el texto, por ejemplo: ${examples(facts)}. Una bibliografía de consulta no tiene por qué citarse entera, y una forma de citar poco común puede no reconocerse.`
        : `No se reconoce en el texto ninguna cita de la entrada «${facts.entry}». Puede ser una obra consultada que no se cita, o una cita escrita de otro modo.`,
    en: (facts) =>
      isMany(facts)
        ? `${facts.count} of the ${facts.total} entries of the list of references are not recognised as cited in the text, for example: ${examples(facts)}. A list of works consulted need not be cited in full, and an unusual way of citing may not be recognised.`
        : `No citation of the entry “${facts.entry}” is recognised in the text. It may be a work that was consulted and not cited, or a citation written in another way.`,
    pt: (facts) =>
      isMany(facts)
        ? `${facts.count} das ${facts.total} entradas da lista de referências não são reconhecidas como citadas no texto, por exemplo: ${examples(facts)}. Uma bibliografia de consulta não precisa ser citada por inteiro, e uma forma de citar pouco comum pode não ser reconhecida.`
        : `Não se reconhece no texto nenhuma citação da entrada “${facts.entry}”. Pode ser uma obra consultada que não é citada, ou uma citação escrita de outro modo.`,
  },
  "references.missing_entry": {
    es: (facts) => {
      if (facts.list === "none") {
        return `El texto cita ${facts.count} obras, por ejemplo ${examples(facts)}, y no se encuentra en él una lista de referencias. Puede haberse entregado aparte o perderse al convertir el documento.`;
      }
      if (isMany(facts)) {
        return `${facts.count} de las ${facts.total} obras citadas en el texto no se encuentran en la lista de referencias, por ejemplo: ${examples(facts)}. Conviene comprobar antes si la lista está completa en el documento.`;
      }
      if (facts.nearest !== undefined) {
        return `La cita ${facts.citation} no tiene entrada con ese año en la lista de referencias; la más parecida es «${facts.nearest}». Suele ser una errata en el año.`;
      }
      return facts.last === undefined
        ? `La cita ${facts.citation} no se encuentra en la lista de referencias. Puede ser un olvido, o una fuente citada a través de otra.`
        : `La cita ${facts.citation} no tiene entrada: la lista de referencias llega hasta el número ${facts.last}.`;
    },
    en: (facts) => {
      if (facts.list === "none") {
        return `The text cites ${facts.count} works, for example ${examples(facts)}, and no list of references is found in it. It may have been handed in separately or lost when the document was converted.`;
      }
      if (isMany(facts)) {
        return `${facts.count} of the ${facts.total} works cited in the text are not found in the list of references, for example: ${examples(facts)}. Check first whether the list is complete in the document.`;
      }
      if (facts.nearest !== undefined) {
        return `The citation ${facts.citation} has no entry with that year in the list of references; the closest is “${facts.nearest}”. Usually the year is a typing error.`;
      }
      return facts.last === undefined
        ? `The citation ${facts.citation} is not found in the list of references. It may be an oversight, or a source cited through another one.`
        : `The citation ${facts.citation} has no entry: the list of references goes up to number ${facts.last}.`;
    },
    pt: (facts) => {
      if (facts.list === "none") {
        return `O texto cita ${facts.count} obras, por exemplo ${examples(facts)}, e não se encontra nele uma lista de referências. Pode ter sido entregue à parte ou perdida na conversão do documento.`;
      }
      if (isMany(facts)) {
        return `${facts.count} das ${facts.total} obras citadas no texto não se encontram na lista de referências, por exemplo: ${examples(facts)}. Convém verificar antes se a lista está completa no documento.`;
      }
      if (facts.nearest !== undefined) {
        return `A citação ${facts.citation} não tem entrada com esse ano na lista de referências; a mais parecida é “${facts.nearest}”. Costuma ser um erro de digitação no ano.`;
      }
      return facts.last === undefined
        ? `A citação ${facts.citation} não se encontra na lista de referências. Pode ser um esquecimento, ou uma fonte citada através de outra.`
        : `A citação ${facts.citation} não tem entrada: a lista de referências vai até o número ${facts.last}.`;
    },
  },
  "references.future_year": {
    es: (facts) =>
      `La entrada «${facts.entry}» lleva el año ${facts.year}, posterior al actual (${facts.current_year}). ${isNext(facts) ? "Puede ser una obra en prensa." : "Lo más probable es una errata en el año."}`,
    en: (facts) =>
      `The entry “${facts.entry}” bears the year ${facts.year}, later than the current one (${facts.current_year}). ${isNext(facts) ? "It may be a work in press." : "Most likely the year is a typing error."}`,
    pt: (facts) =>
      `A entrada “${facts.entry}” traz o ano ${facts.year}, posterior ao atual (${facts.current_year}). ${isNext(facts) ? "Pode ser uma obra no prelo." : "O mais provável é um erro de digitação no ano."}`,
  },
  "references.malformed_doi": {
    es: (facts) =>
      `El DOI «${facts.doi}» no tiene la forma de un DOI: empiezan por 10., siguen con al menos cuatro cifras, una barra y un sufijo. Puede haberse copiado incompleto; esto no dice nada de si la obra existe.`,
    en: (facts) =>
      `The DOI “${facts.doi}” does not have the form of a DOI: they begin with 10., go on with at least four digits, a slash and a suffix. It may have been copied incompletely; this says nothing about whether the work exists.`,
    pt: (facts) =>
      `O DOI “${facts.doi}” não tem a forma de um DOI: começam por 10., seguem com pelo menos quatro algarismos, uma barra e um sufixo. Pode ter sido copiado incompleto; isto não diz nada sobre a existência da obra.`,
  },
  "references.duplicate": {
    es: (facts) =>
      `La entrada «${facts.entry}» aparece más de una vez en la lista, con el mismo título. Suele ser un descuido al reunir las referencias.`,
    en: (facts) =>
      `The entry “${facts.entry}” stands more than once in the list, with the same title. It is usually an oversight when references are gathered.`,
    pt: (facts) =>
      `A entrada “${facts.entry}” aparece mais de uma vez na lista, com o mesmo título. Costuma ser um descuido ao reunir as referências.`,
  },
  "references.mixed_style": {
    es: (facts) =>
      `Las referencias siguen dos formatos: ${MIXTURE.es[kindOf(facts)](facts)}. Puede deberse a que se reunieron de varias fuentes.`,
    en: (facts) =>
      `The references follow two formats: ${MIXTURE.en[kindOf(facts)](facts)}. They may have been gathered from several sources.`,
    pt: (facts) =>
      `As referências seguem dois formatos: ${MIXTURE.pt[kindOf(facts)](facts)}. Pode dever-se a terem sido reunidas de várias fontes.`,
  },
  "references.missing_field": {
    es: (facts) =>
      isMany(facts)
        ? `A ${facts.count} de las ${facts.total} entradas de la lista les faltan datos básicos, por ejemplo: ${examples(facts)}. Un formato poco común puede no leerse bien.`
        : `En la entrada «${facts.entry}» no se encuentra: ${lacking(facts, "es")}. Un formato poco común puede no leerse bien.`,
    en: (facts) =>
      isMany(facts)
        ? `${facts.count} of the ${facts.total} entries of the list lack basic data, for example: ${examples(facts)}. An unusual format may not be read well.`
        : `In the entry “${facts.entry}” the following is not found: ${lacking(facts, "en")}. An unusual format may not be read well.`,
    pt: (facts) =>
      isMany(facts)
        ? `A ${facts.count} das ${facts.total} entradas da lista faltam dados básicos, por exemplo: ${examples(facts)}. Um formato pouco comum pode não ser bem lido.`
        : `Na entrada “${facts.entry}” não se encontra: ${lacking(facts, "pt")}. Um formato pouco comum pode não ser bem lido.`,
  },
  "references.unconfirmed": {
    es: (facts) =>
      `En Crossref, el DOI ${facts.doi} corresponde a otra obra («${registered(facts)}») y no a «${facts.title}». Puede haberse copiado el DOI de otra entrada: conviene abrirlo y compararlo.`,
    en: (facts) =>
      `In Crossref, the DOI ${facts.doi} belongs to another work (“${registered(facts)}”) and not to “${facts.title}”. The DOI of another entry may have been copied: open it and compare.`,
    pt: (facts) =>
      `No Crossref, o DOI ${facts.doi} corresponde a outra obra (“${registered(facts)}”) e não a “${facts.title}”. Pode ter sido copiado o DOI de outra entrada: convém abri-lo e comparar.`,
  },
};

type Mixture = "numbering" | "year_position" | "citations";

const MIXTURE: Readonly<Record<Language, Readonly<Record<Mixture, (facts: Facts) => string>>>> = {
  es: {
    numbering: ({ one, other }) => `${one} entradas están numeradas y ${other} no`,
    year_position: ({ one, other }) => `en ${one} entradas el año va tras el autor y en ${other} al final`,
    citations: ({ one, other }) => `el texto cita ${one} veces por autor y año y ${other} por número`,
  },
  en: {
    numbering: ({ one, other }) => `${one} entries are numbered and ${other} are not`,
    year_position: ({ one, other }) =>
      `in ${one} entries the year follows the author and in ${other} it stands at the end`,
    citations: ({ one, other }) =>
      `the text cites ${one} times by author and year and ${other} times by number`,
  },
  pt: {
    numbering: ({ one, other }) => `${one} entradas são numeradas e ${other} não`,
    year_position: ({ one, other }) => `em ${one} entradas o ano vem depois do autor e em ${other} no fim`,
    citations: ({ one, other }) => `o texto cita ${one} vezes por autor e ano e ${other} por número`,
  },
};

const FIELDS: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  es: { author: "autor", year: "año", title: "título" },
  en: { author: "author", year: "year", title: "title" },
  pt: { author: "autor", year: "ano", title: "título" },
};

const isMany = (facts: Facts) => facts.total !== undefined;
const isNext = ({ year, current_year }: Facts) => Number(year) === Number(current_year) + 1;
const kindOf = ({ kind }: Facts): Mixture =>
  kind === "numbering" || kind === "citations" ? kind : "year_position";

function examples({ examples: named }: Facts): string {
  return Array.isArray(named) ? named.slice(0, 3).join("; ") : String(named ?? "");
}

function lacking({ lacking: fields }: Facts, language: Language): string {
  const names: readonly string[] = Array.isArray(fields) ? fields : [String(fields ?? "")];
  return names.map((name) => FIELDS[language][name] ?? name).join(", ");
}

function registered({ registered_title, registered_author, registered_year }: Facts): string {
  return [registered_author, registered_title, registered_year].filter((part) => part !== "").join(", ");
}
