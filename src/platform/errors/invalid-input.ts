import { QuatrainError } from "./quatrain-error.ts";

/** One fault of one field, in the form that FastAPI's clients know. */
export interface FieldFault {
  /** Where: `["body", "role_id"]`, `["query", "label"]`. */
  readonly loc: readonly (string | number)[];
  readonly msg: string;
  /** `missing` or `value_error`. */
  readonly type: string;
}

/** Fields are missing or malformed (422). The message says every fault in words. */
export class InvalidInput extends QuatrainError {
  readonly faults: readonly FieldFault[];

  constructor(faults: readonly FieldFault[]) {
    super(faults.map((fault) => `${fault.loc.slice(1).join(".") || fault.loc[0]}: ${fault.msg}`).join("; "), {
      code: "invalid_input",
      status: 422,
    });
    this.name = "InvalidInput";
    this.faults = faults;
  }
}
