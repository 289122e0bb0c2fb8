import type { Roi } from "./roi.ts";

/** What the audit log tells of. */
export const AUDIT_ACTIONS = [
  "fit",
  "calibrate_dataset",
  "calibrate_ng",
  "set_threshold",
  "rollback",
  "delete_version",
  "delete_picture",
  "clear_dataset",
  "import_bundle",
  "import_memory",
  "import_pictures",
  "retention",
] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** Who did something, as far as it is known. */
export interface Doer {
  /** As the request says it: the contract's `operator_id`. Nobody proves it. */
  readonly operatorId: string | null;
  /** The credential's name: a user, a key, `anonymous`; `server` for what it does by itself. */
  readonly actor: string;
  readonly requestId: string | null;
}

export interface AuditEvent {
  readonly action: AuditAction;
  readonly doer: Doer;
  /** Null parts for what concerns no single ROI or model. */
  readonly place: Partial<Roi>;
  readonly modelVersion: number | null;
  /** Figures that say what was done; small, JSON. */
  readonly details: Readonly<Record<string, unknown>>;
}

export interface AuditRecord extends AuditEvent {
  readonly id: number;
  /** Milliseconds UTC. */
  readonly at: number;
}
