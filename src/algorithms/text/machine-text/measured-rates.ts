/** How often texts of one kind were reported. */
export interface MeasuredRate {
  readonly group: string;
  readonly texts: number;
  readonly reported: number;
  /** Written by a language model, by people, or by people who write in a foreign language. */
  readonly by: "model" | "people" | "learners";
}

/**
 * What `estimateMachineText` reported of texts whose writers are known, with the limit of 300 words lifted, since most of
 * the essays are shorter. tests/samples/machine-text.test.ts measures the essays again. The numbers are small: none of
 * 26 is compatible with one in nine. No academic prose in Spanish or Portuguese is among them, and the models' essays in
 * these languages were written together with the lists of phrases: their rate is too good.
 */
export const MEASURED_RATES: readonly MeasuredRate[] = [
  { group: "en_essays_people", texts: 6, reported: 0, by: "people" },
  { group: "es_essays_learners", texts: 12, reported: 0, by: "learners" },
  { group: "pt_essays_people", texts: 8, reported: 0, by: "people" },
  { group: "en_essays_model", texts: 6, reported: 4, by: "model" },
  { group: "es_essays_model", texts: 3, reported: 3, by: "model" },
  { group: "pt_essays_model", texts: 3, reported: 3, by: "model" },
];

/** Texts of some writers, and how many of them were reported. */
export function measuredFor(writers: readonly MeasuredRate["by"][]): { texts: number; reported: number } {
  const rates = MEASURED_RATES.filter(({ by }) => writers.includes(by));
  return {
    texts: rates.reduce((sum, { texts }) => sum + texts, 0),
    reported: rates.reduce((sum, { reported }) => sum + reported, 0),
  };
}
