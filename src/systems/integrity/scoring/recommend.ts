import type { Dimension } from "../../../contracts/integrity/index.ts";
import type { Score } from "./score-evidence.ts";

/** From this strength on a dimension gets lines of its own. */
const STRONG_FROM = 0.6;
const CALM_BELOW = 20;

const HIGH = [
  "Revisar el caso con una persona responsable antes de tomar cualquier decisión",
  "Reunir borradores, fuentes y versiones previas del documento",
  "Escuchar al autor y documentar sus explicaciones",
];

/** In the order in which they are shown. */
const STRONG: readonly (readonly [Dimension, readonly [string, string]])[] = [
  [
    "autoría",
    [
      "Comparar el estilo del documento con trabajos anteriores del mismo autor",
      "Proponer una defensa oral breve sobre el contenido",
    ],
  ],
  [
    "referencias",
    [
      "Verificar en su fuente original las referencias señaladas",
      "Contrastar los datos y resultados con sus registros de origen",
    ],
  ],
  [
    "tiempo",
    [
      "Solicitar el historial de versiones y los borradores",
      "Revisar con el autor el calendario de elaboración y entrega",
    ],
  ],
  [
    "presentación",
    [
      "Comprobar el origen y la calidad de las imágenes",
      "Solicitar los archivos originales de figuras e imágenes",
    ],
  ],
];

const CALM = [
  "No se observan indicios relevantes con la información aportada",
  "Continuar con el proceso habitual de evaluación",
];

/**
 * What a person should do next, in Spanish.
 * Source: spec/integrity.md section 2: three lines for ALTO, two for each strong dimension, two for a score under 20.
 */
export function recommend({ overall, level, adjusted }: Score): string[] {
  return [
    ...(level === "ALTO" ? HIGH : []),
    ...STRONG.flatMap(([dimension, lines]) => (adjusted[dimension] > STRONG_FROM ? lines : [])),
    ...(overall < CALM_BELOW ? CALM : []),
  ];
}
