import { DIMENSIONS, type Dimension, EVIDENCES, type Evidence } from "../../../contracts/integrity/index.ts";

/** What a case of an older server is made of. */
export const OLD_FIELDS = [
  "case_id",
  "title",
  "author",
  "role",
  "product_type",
  "overall_score",
  "overall_level",
  "confidence",
  "analyzed_at",
  "dimensions",
  "evidencias",
  "texto",
] as const;
export type OldField = (typeof OLD_FIELDS)[number];

/** Without these a row is no case. */
export const NEEDED_FIELDS: readonly OldField[] = ["case_id", "overall_score", "analyzed_at"];

/**
 * Names that a field is known by, English and Spanish, squashed; the likeliest first.
 */
export const FIELD_NAMES: Readonly<Record<OldField, readonly string[]>> = {
  case_id: "caseid casoid idcaso idcase codigocaso casecode codigo analysisid analisisid uuid id".split(" "),
  title:
    "title titulo documenttitle titulodocumento documentname nombredocumento filename nombrearchivo".split(
      " ",
    ),
  author: "author autor authorname nombreautor autornombre estudiante student alumno".split(" "),
  role: "role rol authorrole rolautor userrole perfil".split(" "),
  product_type: "producttype tipoproducto producto product documenttype tipodocumento tipotrabajo tipo".split(
    " ",
  ),
  overall_score:
    "overallscore riesgoscore riskscore score puntaje puntuacion puntajeriesgo puntajetotal puntajegeneral puntajeglobal totalscore scoretotal scoregeneral scoreglobal indiceriesgo".split(
      " ",
    ),
  overall_level: "overalllevel nivelriesgo risklevel level nivel nivelgeneral nivelglobal riesgo".split(" "),
  confidence: "confidence confianza nivelconfianza confidencescore".split(" "),
  analyzed_at:
    "analyzedat analizadoen fechaanalisis timestamp createdat creadoen fechacreacion fecharegistro fecha date datetime createdon updatedat".split(
      " ",
    ),
  dimensions: "dimensions dimensiones dimensionscores dimensionesscores puntajesdimension".split(" "),
  evidencias: "evidencias evidences evidence evidencia flags indicadores".split(" "),
  texto: "texto text contenido content textocompleto documenttext fulltext".split(" "),
};

/** A name without case, accents and separators: `Tipo_Producto` and `tipoProducto` are `tipoproducto`. */
export function squash(name: string): string {
  return name
    .normalize("NFD")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
}

const SQUASHED_EVIDENCES = EVIDENCES.map((name) => [name, squash(name)] as const);

/** The observation that a column or key stands for: its name alone or at the end, as in `evidencia_sin_borradores`. */
export function evidenceNamed(name: string): Evidence | null {
  const squashed = squash(name);
  return SQUASHED_EVIDENCES.find(([, known]) => squashed.endsWith(known))?.[0] ?? null;
}

const DIMENSION_WORDS: Readonly<Record<Dimension, readonly string[]>> = {
  autoría: ["autoria", "authorship"],
  tiempo: ["tiempo", "time"],
  referencias: ["referencias", "references"],
  presentación: ["presentacion", "presentation"],
};

/** The dimension that a key of a dimensions object stands for, as in `estilo_y_autoría`. */
export function dimensionNamed(key: string): Dimension | null {
  const squashed = squash(key);
  return DIMENSIONS.find((name) => DIMENSION_WORDS[name].some((word) => squashed.includes(word))) ?? null;
}

const AROUND = /^(dimension|dim|score|puntaje)|(score|puntaje)$/g;

/** The dimension that a column of its own stands for, as in `autoria_score`; stricter, for columns are many. */
export function dimensionColumn(name: string): Dimension | null {
  const core = squash(name).replace(AROUND, "");
  return DIMENSIONS.find((dimension) => DIMENSION_WORDS[dimension].includes(core)) ?? null;
}
