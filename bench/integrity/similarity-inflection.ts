/** Just enough of Spanish inflection for the vocabulary of the generated documents. */

/** Plurals that gain, lose or keep an accent against the rule. */
const PLURALS: Readonly<Record<string, string>> = {
  joven: "jóvenes",
  examen: "exámenes",
  margen: "márgenes",
  imagen: "imágenes",
  orden: "órdenes",
  origen: "orígenes",
  género: "géneros",
  país: "países",
  interés: "intereses",
  déficit: "déficits",
  hábitat: "hábitats",
  robot: "robots",
};

export function pluralOf(word: string): string {
  const known = PLURALS[word];
  if (known !== undefined) return known;
  const last = word.slice(-1);
  if ("aeiouéáó".includes(last)) return `${word}s`;
  if (last === "s") return word;
  if (last === "z") return `${word.slice(0, -1)}ces`;
  if (word.endsWith("ón")) return `${word.slice(0, -2)}ones`;
  if (word.endsWith("ún")) return `${word.slice(0, -2)}unes`;
  return `${word}es`;
}

/** An adjective beside a noun of that gender. */
export function agree(adjective: string, feminine: boolean, plural: boolean): string {
  const inGender = feminine && adjective.endsWith("o") ? `${adjective.slice(0, -1)}a` : adjective;
  return plural ? pluralOf(inGender) : inGender;
}

/** Verbs whose stem changes in the present. */
const PRESENT_STEMS: Readonly<Record<string, string>> = {
  mostrar: "muestr",
  resolver: "resuelv",
  defender: "defiend",
  extender: "extiend",
  entender: "entiend",
  contar: "cuent",
  medir: "mid",
  sugerir: "sugier",
  convertir: "conviert",
  invertir: "inviert",
  advertir: "adviert",
  preferir: "prefier",
  requerir: "requier",
  adquirir: "adquier",
  transferir: "transfier",
  acordar: "acuerd",
  recordar: "recuerd",
  promover: "promuev",
  atravesar: "atravies",
  renovar: "renuev",
  reforzar: "refuerz",
  contener: "contien",
  sostener: "sostien",
  mantener: "mantien",
  obtener: "obtien",
  retener: "retien",
  evaluar: "evalú",
  ampliar: "amplí",
};

/** Third person of the present. */
export function presentOf(infinitive: string, plural: boolean): string {
  const stem = PRESENT_STEMS[infinitive] ?? infinitive.slice(0, -2);
  return stem + (infinitive.endsWith("ar") ? "a" : "e") + (plural ? "n" : "");
}

/** Third person of the imperfect. */
export function imperfectOf(infinitive: string, plural: boolean): string {
  return infinitive.slice(0, -2) + (infinitive.endsWith("ar") ? "aba" : "ía") + (plural ? "n" : "");
}

/** Third person of the simple past. */
export function pastOf(infinitive: string, plural: boolean): string {
  const stem = infinitive.slice(0, -2);
  if (infinitive.endsWith("ar")) return stem + (plural ? "aron" : "ó");
  return imperfectOf(infinitive, plural);
}

const PARTICIPLES: Readonly<Record<string, string>> = {
  resolver: "resuelto",
  describir: "descrito",
  proponer: "propuesto",
  exponer: "expuesto",
  suponer: "supuesto",
  imponer: "impuesto",
  imprimir: "impreso",
};

/** As an adjective. */
export function participleOf(infinitive: string): string {
  return PARTICIPLES[infinitive] ?? infinitive.slice(0, -2) + (infinitive.endsWith("ar") ? "ado" : "ido");
}
