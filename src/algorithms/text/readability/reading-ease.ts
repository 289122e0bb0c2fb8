/** What the formulas need of a text. */
export interface TextCounts {
  readonly sentences: number;
  readonly words: number;
  readonly syllables: number;
}

/** Bands of the INFLESZ scale, from the hardest: very hard, somewhat hard, normal, fairly easy, very easy. */
export type InfleszBand = "muy_dificil" | "algo_dificil" | "normal" | "bastante_facil" | "muy_facil";

/**
 * Spanish reading ease, about 0 (hard) to 100 (easy): 206.84 - 60 syllables per word - 1.02 words per sentence.
 * Source: Fernández Huerta, Medidas sencillas de lecturabilidad, Consigna 214 (1959); its printed F is sentences per
 * hundred words by mistake and words per sentence as it was meant (Law, Error in the Fernandez Huerta readability
 * formula, 2011).
 */
export function fernandezHuerta({ sentences, words, syllables }: TextCounts): number {
  return 206.84 - (60 * syllables) / words - (1.02 * words) / sentences;
}

/**
 * Spanish perspicuity, about 0 to 100: 206.835 - 62.3 syllables per word - words per sentence. Source: Szigriszt Pazos,
 * Sistemas predictivos de legilibilidad del mensaje escrito (1993).
 */
export function szigrisztPazos({ sentences, words, syllables }: TextCounts): number {
  return 206.835 - (62.3 * syllables) / words - words / sentences;
}

/** The INFLESZ band of a perspicuity. Source: Barrio-Cantalejo et al., Anales del Sistema Sanitario de Navarra 31 (2008). */
export function infleszBand(perspicuity: number): InfleszBand {
  if (perspicuity <= 40) return "muy_dificil";
  if (perspicuity <= 55) return "algo_dificil";
  if (perspicuity <= 65) return "normal";
  return perspicuity <= 80 ? "bastante_facil" : "muy_facil";
}

/** English reading ease, about 0 to 100. Source: Flesch, A new readability yardstick, J. Applied Psychology 32 (1948). */
export function fleschReadingEase({ sentences, words, syllables }: TextCounts): number {
  return 206.835 - (84.6 * syllables) / words - (1.015 * words) / sentences;
}

/**
 * Portuguese reading ease: Flesch's with 42 more, because words are longer. Source: Martins et al., Readability formulas
 * applied to textbooks in Brazilian Portuguese, Notas do ICMSC 28 (1996).
 */
export function fleschMartins({ sentences, words, syllables }: TextCounts): number {
  return 248.835 - (84.6 * syllables) / words - (1.015 * words) / sentences;
}
