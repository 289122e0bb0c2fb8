import { CodePoints } from "../../../../algorithms/text/code-points.ts";
import type { FindingDimension, RuleName } from "../../../../contracts/integrity/index.ts";
import type { ReportLanguage } from "../../accepted-language.ts";
import type { ReportFinding, ReportInput, ReportMeasured } from "../report-input.ts";
import { SAMPLE_OTHER_CASE, SAMPLE_SOURCE, SAMPLE_TEXT } from "./sample-text.ts";

const points = new CodePoints(SAMPLE_TEXT);

/** The place of a piece of a text, in code points. @throws RangeError where the text does not hold it */
export function placeOf(
  piece: string,
  text = SAMPLE_TEXT,
  within = text === SAMPLE_TEXT ? points : new CodePoints(text),
) {
  const start = text.indexOf(piece);
  if (start < 0) throw new RangeError(`The text holds no "${piece}"`);
  return within.span({ start, end: start + piece.length });
}

/** From the beginning of one piece to the end of another. */
function stretch(first: string, last: string, text = SAMPLE_TEXT) {
  return { start: placeOf(first, text).start, end: placeOf(last, text).end };
}

type Given = Partial<ReportFinding> & Pick<ReportFinding, "severity" | "value" | "explanation">;

function finding(rule: RuleName, dimension: FindingDimension, given: Given): ReportFinding {
  return { rule, dimension, threshold: null, span: null, facts: {}, ...given };
}

const DISCUSSION = stretch("La lectura en pantalla no es", "fijarse metas de lectura");
const ATTENTION = stretch("La atención sostenida es", "en una sala ruidosa");

const FINDINGS: readonly ReportFinding[] = [
  finding("similarity.passage", "similitud", {
    severity: "low",
    value: 53,
    threshold: 12,
    span: ATTENTION,
    explanation:
      "53 de las 53 palabras de este pasaje coinciden, en el mismo orden, con otro documento. Puede ser una cita, un texto común o una fuente compartida: conviene leer ambos pasajes. El otro documento es del mismo autor.",
    source: {
      kind: "case",
      id: "case_77aa01bc93de",
      title: "Bases psicológicas de la lectura",
      span: stretch("La atención sostenida es", "en una sala ruidosa", SAMPLE_OTHER_CASE),
      similarity: 1,
      same_author: true,
    },
  }),
  finding("similarity.passage", "similitud", {
    severity: "medium",
    value: 96,
    threshold: 12,
    span: DISCUSSION,
    explanation:
      "96 de las 112 palabras de este pasaje coinciden, en el mismo orden, con otro documento. Puede ser una cita, un texto común o una fuente compartida: conviene leer ambos pasajes.",
    source: {
      kind: "source",
      id: "src_1f0e5c2b9a44",
      title: "Papel y pantalla en la lectura adolescente",
      span: stretch("La lectura en pantalla no es", "fijarse metas de lectura", SAMPLE_SOURCE),
      similarity: 0.857,
      same_author: false,
    },
  }),
  finding("similarity.passage", "similitud", {
    severity: "low",
    value: 14,
    threshold: 12,
    span: placeOf("En conclusión, es importante destacar que la lectura desempeña un papel crucial"),
    explanation:
      "14 de las 14 palabras de este pasaje coinciden, en el mismo orden, con otro documento. Puede ser una cita, un texto común o una fuente compartida: conviene leer ambos pasajes.",
    source: {
      kind: "case",
      id: "case_0c11d2e3f4a5",
      title: null,
      span: { start: 4_120, end: 4_210 },
      similarity: 1,
      same_author: false,
    },
  }),
  finding("style.change", "autoría", {
    severity: "low",
    value: 4.3,
    threshold: 4,
    span: stretch("La lectura en pantalla no es", "grupo de comparación"),
    explanation:
      "El estilo de este fragmento de 181 palabras se aparta del que tiene el resto del documento: una distancia de 4,3 desviaciones típicas, y se señala a partir de 4. Lo que más difiere: palabras por frase: 30,2 frente a 21,4. Es un indicio débil: una misma persona también varía según el tema, la sección, las citas o la época, y esto no demuestra que haya escrito otra.",
  }),
  finding("phrases.tortured", "autoría", {
    severity: "medium",
    value: "conciencia counterfeit",
    span: placeOf("conciencia counterfeit"),
    explanation:
      "«conciencia counterfeit» es una forma deformada de «inteligencia artificial» que aparece en textos parafraseados por programas.",
  }),
  finding("phrases.model_leftover", "autoría", {
    severity: "high",
    value: "Como modelo de lenguaje",
    span: placeOf("Como modelo de lenguaje"),
    explanation:
      "«Como modelo de lenguaje» es una fórmula con la que los asistentes de redacción hablan de sí mismos. Puede estar citada o comentada.",
  }),
  finding("machine_text.likelihood", "autoría", {
    severity: "low",
    value: 0.71,
    threshold: 0.65,
    explanation:
      "El texto se parece a lo que escriben los modelos de lenguaje: 0,71 en una escala de 0 a 1 que no es una probabilidad; se señala a partir de 0,65. Es un indicio débil y nunca una prueba.",
  }),
  finding("document.metadata", "tiempo", {
    severity: "low",
    value: 12,
    threshold: 30,
    explanation:
      "El archivo dice que se editó durante 12 minutos en total, poco para 1.000 palabras. Los metadatos se pierden al copiar un documento en otro.",
  }),
  finding("references.missing_entry", "referencias", {
    severity: "medium",
    value: "Ramírez y Soto, 2018",
    span: placeOf("Ramírez y Soto, 2018"),
    explanation: "La cita «Ramírez y Soto, 2018» no tiene una entrada en la lista de referencias.",
  }),
  finding("references.future_year", "referencias", {
    severity: "medium",
    value: 2031,
    threshold: 2027,
    span: placeOf("(2031)"),
    explanation: "La referencia lleva el año 2031, que aún no ha llegado. Puede ser una errata.",
  }),
  finding("references.uncited", "referencias", {
    severity: "low",
    value: "Valdés (2009)",
    span: placeOf("Valdés, R. (2009). Leer en grupo."),
    explanation: "La entrada «Valdés (2009)» no se cita en el texto.",
  }),
  finding("references.malformed_doi", "referencias", {
    severity: "low",
    value: "10.1234/rd/",
    span: placeOf("10.1234/rd/"),
    explanation: "«10.1234/rd/» no tiene la forma de un DOI completo.",
  }),
  finding("statistics.p_value", "referencias", {
    severity: "medium",
    value: 0.0226,
    threshold: 0.002,
    span: placeOf("t(118) = 2,31, p = 0,002"),
    explanation:
      "Con t(118) = 2,31 el valor p recalculado es 0,0226 y no 0,002. Un redondeo, una errata o una prueba de una cola pueden explicarlo.",
  }),
  finding("statistics.percentage", "referencias", {
    severity: "medium",
    value: 37.5,
    threshold: 41.2,
    span: placeOf("45 (41,2 %)"),
    explanation: "45 de 120 es el 37,5 %, no el 41,2 %. Puede faltar decir que hay respuestas en blanco.",
  }),
  finding("statistics.sum", "referencias", {
    severity: "low",
    value: 122,
    threshold: 120,
    span: placeOf("64 chicas y 58 chicos"),
    explanation: "64 y 58 suman 122, y el texto habla de 120 estudiantes.",
  }),
  finding("statistics.grim", "referencias", {
    severity: "medium",
    value: 3.47,
    span: placeOf("3,47"),
    explanation:
      "Con 25 respuestas enteras la media no puede ser 3,47: las más cercanas son 3,44 y 3,48. Puede haber respuestas en blanco.",
  }),
  finding("characters.invisible", "presentación", {
    severity: "medium",
    value: 2,
    threshold: 1,
    span: placeOf("eva\u200bluación"),
    explanation:
      "Dentro de «eva\u200bluación» hay un carácter invisible (U+200B). Puede venir de copiar y pegar de una página web.",
  }),
];

const MEASURED: ReportMeasured = {
  findings: [...FINDINGS],
  similarity: [
    {
      kind: "source",
      id: "src_1f0e5c2b9a44",
      title: "Papel y pantalla en la lectura adolescente",
      author: "Ibarra, C.",
      share: 0.094,
      matched_words: 96,
      passages: 1,
      same_author: false,
    },
    {
      kind: "case",
      id: "case_77aa01bc93de",
      title: "Bases psicológicas de la lectura",
      author: "María José Peña Güell",
      share: 0.052,
      matched_words: 53,
      passages: 1,
      same_author: true,
    },
    {
      kind: "case",
      id: "case_0c11d2e3f4a5",
      title: null,
      author: null,
      share: 0.014,
      matched_words: 14,
      passages: 1,
      same_author: false,
    },
  ],
  similarity_share: 0.16,
  signals: {
    language: "es",
    readability: {
      words: 1_018,
      sentences: 52,
      paragraphs: 25,
      mean_sentence_words: 19.58,
      mean_word_letters: 4.93,
      burstiness: -0.21,
      type_token_ratio: 0.423,
      hapax_ratio: 0.31,
      mtld: 88.4,
      reading_ease: {
        syllables_per_word: 1.94,
        fernandez_huerta: 65.2,
        szigriszt_pazos: 61.8,
        inflesz: "normal",
      },
    },
    style: { segments: 7, words: 905, largest_distance: 4.3, changes: 1 },
    references: { entries: 4, citations: 3, matched: 2, numeric_citations: 0 },
    characters: { homoglyph_words: 0, invisible_characters: 2, soft_hyphens: 0, bidi_controls: 0 },
    file: {
      format: "docx",
      created_at: "2026-01-29T21:10:00",
      modified_at: "2026-01-29T21:26:00",
      last_modified_by: "M. Peña",
      producer: "Microsoft Office Word",
      revisions: 2,
      editing_minutes: 12,
      hidden_places: 0,
      hidden_words: 0,
      images: 1,
    },
    statistics: { tests: 2, testsChecked: 2, meansChecked: 1, percentagesChecked: 1, sumsChecked: 1 },
  },
  suggested_flags: ["referencias_raras", "imagenes_sospechosas"],
  combined_score: 41,
  combined_level: "MEDIO",
  coverage: {
    similarity: { done: true, documents: 9 },
    readability: { done: true },
    style: { done: true },
    earlier_texts: { done: false, reason: "too_short", words_needed: 300 },
    references: { done: true },
    statistics: { done: true },
    phrases: { done: true },
    characters: { done: true },
    machine_text: { done: true },
    file: { done: true, notes: ["image_unreadable"] },
  },
  exclusions: { quotations: false, bibliography: true, template: true, same_author: false },
  pending: ["references"],
  opinion: {
    model: "llama-3.1-8b",
    text: "El apartado de método no dice cómo se eligieron los institutos. Conviene comprobar las cifras de participantes, que no suman 120.",
    at: "2026-01-30T10:31:12",
  },
  evaluated_at: "2026-01-30T10:30:04",
};

/** A case with something in every part of the report. */
export function sampleInput(language: ReportLanguage = "es"): ReportInput {
  return {
    language,
    generatedAt: Date.UTC(2026, 1, 3, 9, 15),
    version: "0.1.0",
    case: {
      case_id: "case_a1b2c3d4e5f6",
      title: "Lectura y atención en la escuela secundaria: una revisión con datos propios",
      author: "María José Peña Güell",
      role: "Estudiante",
      product_type: "Ensayo",
      overall_score: 30,
      overall_level: "BAJO",
      confidence: 0.82,
      analyzed_at: "2026-01-30T10:30:00",
      dimensions: { autoría: 32, tiempo: 40, referencias: 48, presentación: 0 },
      derivation: { role_factor: 1, product_factor: 0.8, observations: [] }, // the report does without
      recommendations: [
        "Verificar en su fuente original las referencias señaladas",
        "Contrastar los datos y resultados con sus registros de origen",
      ],
      evidencias: {
        estilo_diferente: 1,
        defensa_debil: 0,
        tiempo_sospechoso: 0,
        sin_borradores: 1,
        referencias_raras: 0,
        datos_inconsistentes: 1,
        imagenes_sospechosas: 0,
      },
      measured: MEASURED,
      text_length: points.count,
      review_state: "apelado",
      text_kept: true,
      file: { filename: "lectura y atención (final).docx", format: "docx", kept: true },
    },
    text: SAMPLE_TEXT,
    sources: [
      {
        id: "src_1f0e5c2b9a44",
        kind: "source",
        title: "Papel y pantalla en la lectura adolescente",
        author: "Ibarra, C.",
        text: SAMPLE_SOURCE,
      },
      {
        id: "case_77aa01bc93de",
        kind: "case",
        title: "Bases psicológicas de la lectura",
        author: "María José Peña Güell",
        text: SAMPLE_OTHER_CASE,
      },
      { id: "case_0c11d2e3f4a5", kind: "case", title: null, author: null, text: null },
    ],
    reviews: {
      state: "apelado",
      reviews: [
        {
          kind: "decision",
          decision: "con_observaciones",
          notas:
            "Leído con la autora el 2 de febrero. La discusión sigue de cerca a Ibarra sin citarlo; se pide corregir las citas y las cifras del método.\nSe concede una semana.",
          by: "Dra. Inés Vallejo",
          at: "2026-02-02T12:05:00",
        },
        {
          kind: "appeal",
          decision: null,
          notas: "El texto de Ibarra estaba en los apuntes del curso y se citó en la primera versión.",
          by: "María José Peña Güell",
          at: "2026-02-02T18:40:30",
        },
      ],
    },
  };
}
