import { REPORT_LANGUAGES } from "../../contracts/integrity/index.ts";

export type ReportLanguage = (typeof REPORT_LANGUAGES)[number];

const FALLBACK: ReportLanguage = "es";
const MOST_CHARACTERS = 1_000;

/** The language of `Accept-Language` that we speak best; Spanish, the contract's own, where there is none. */
export function acceptedLanguage(header: string | undefined): ReportLanguage {
  const wishes = (header ?? "")
    .slice(0, MOST_CHARACTERS)
    .split(",")
    .map(readWish)
    .sort((a, b) => b.weight - a.weight);
  for (const { language, weight } of wishes) {
    const spoken = REPORT_LANGUAGES.find((known) => known === language);
    if (spoken !== undefined && weight > 0) return spoken;
  }
  return FALLBACK;
}

function readWish(part: string): { language: string; weight: number } {
  const [range = "", ...parameters] = part.split(";").map((piece) => piece.trim());
  const weight = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2);
  return {
    language: range.split("-", 1)[0]!.toLowerCase(),
    weight: weight === undefined ? 1 : Number.parseFloat(weight) || 0,
  };
}
