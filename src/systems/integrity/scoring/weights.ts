import type { Dimension, Evidence, Product, Role } from "../../../contracts/integrity/index.ts";

/*
 * The documented formula's figures.
 * Source: spec/integrity.md section 2.
 */

/** What each observation weighs in its dimension. */
export const DIMENSION_WEIGHTS: Readonly<
  Record<Dimension, readonly (readonly [evidence: Evidence, weight: number])[]>
> = {
  autoría: [
    ["estilo_diferente", 0.4],
    ["defensa_debil", 0.6],
  ],
  tiempo: [
    ["tiempo_sospechoso", 0.5],
    ["sin_borradores", 0.5],
  ],
  referencias: [
    ["referencias_raras", 0.4],
    ["datos_inconsistentes", 0.6],
  ],
  presentación: [["imagenes_sospechosas", 1.0]],
};

export const ROLE_FACTORS: Readonly<Record<Role, number>> = {
  Estudiante: 1.0,
  "Docente-investigador": 0.7,
  "Coinvestigador externo": 0.6,
};

export const PRODUCT_FACTORS: Readonly<Record<Product, number>> = {
  Ensayo: 0.8,
  Tesis: 1.2,
  "Artículo científico": 1.1,
  "Informe técnico": 0.9,
  "Trabajo de curso": 0.9,
  "Proyecto de grado": 1.1,
  Otro: 1.0,
};

/** The lowest scores of MEDIO and of ALTO. */
export const MEDIUM_FROM = 33;
export const HIGH_FROM = 67;
