import type { z } from "zod";
import type { AuditActionName } from "../../contracts/inspection/index.ts";
import type { Roi } from "./roi.ts";

/** What the audit log tells of. */
export type AuditAction = z.infer<typeof AuditActionName>;

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
