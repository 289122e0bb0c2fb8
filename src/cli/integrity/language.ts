import type { QuatrainClient } from "../../client/index.ts";
import { REPORT_LANGUAGES } from "../../contracts/integrity/index.ts";
import { userError } from "../../platform/errors/quatrain-error.ts";

export type Language = (typeof REPORT_LANGUAGES)[number];

/** @throws QuatrainError `invalid_language` (400) */
export function languageOf(option: string | undefined): Language | undefined {
  if (option === undefined) return undefined;
  const language = REPORT_LANGUAGES.find((known) => known === option.toLowerCase());
  if (language !== undefined) return language;
  throw userError(
    "invalid_language",
    400,
    `--lang must be one of ${REPORT_LANGUAGES.join(", ")}, not ${option}`,
  );
}

/** A client whose explanations come in that language; in the server's own, Spanish, without one. */
export function speaking(client: QuatrainClient, language: Language | undefined): QuatrainClient {
  return language === undefined ? client : client.withHeaders({ "accept-language": language });
}
