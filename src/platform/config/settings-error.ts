import { QuatrainError } from "../errors/quatrain-error.ts";

/** The one error of this room: every fault on a line of its own, and as a list in `details.faults`. */
export function invalidSettings(title: string, faults: readonly string[]): QuatrainError {
  return new QuatrainError(`${title}:\n${faults.map((fault) => `  ${fault}`).join("\n")}`, {
    code: "invalid_settings",
    status: 500,
    details: { faults },
  });
}
