import { EVIDENCES, type Evidence, LEVELS, type Level } from "../../contracts/integrity/index.ts";
import { userError } from "../../platform/errors/quatrain-error.ts";

export const SEVERITIES = ["low", "medium", "high"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** The observations of a comma-separated list. @throws QuatrainError `invalid_option` (400), naming the unknown one */
export function evidenceOf(option: string | undefined): Readonly<Partial<Record<Evidence, 1>>> {
  const names = (option ?? "").split(",").map((name) => name.trim());
  return Object.fromEntries(
    names.filter((name) => name !== "").map((name) => [oneOf("--evidence", name, EVIDENCES), 1]),
  );
}

/** @throws QuatrainError `invalid_option` (400) */
export function levelOf(option: string | undefined): Level | null {
  return option === undefined ? null : oneOf("--fail-on", option.toUpperCase(), LEVELS);
}

export function severityOf(option: string | undefined): Severity | null {
  return option === undefined ? null : oneOf("--fail-on-finding", option.toLowerCase(), SEVERITIES);
}

function oneOf<Word extends string>(option: string, given: string, words: readonly Word[]): Word {
  const word = words.find((known) => known === given);
  if (word !== undefined) return word;
  throw userError("invalid_option", 400, `${option} must be of ${words.join(", ")}; ${given} is not`);
}
