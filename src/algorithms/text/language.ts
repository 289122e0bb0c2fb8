import { eld } from "eld/extrasmall";

/** Languages whose analyses know their words. */
export const LANGUAGES = ["es", "en", "pt"] as const;
export type Language = (typeof LANGUAGES)[number];

/** Enough to be sure; the rest of a thesis would only cost time. UTF-16 units. */
const SAMPLE = 4_000;

/** Spanish, English or Portuguese; null for any other language, or where none can be told. */
export function detectLanguage(text: string): Language | null {
  const from = Math.max(0, Math.floor((text.length - SAMPLE) / 2));
  const { language } = eld.detect(text.slice(from, from + SAMPLE));
  return LANGUAGES.find((known) => known === language) ?? null;
}
