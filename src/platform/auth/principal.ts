import type { Access } from "../../contracts/route.ts";

/** Who is asking, as far as the credential tells. A shared key names no person. */
export interface Principal {
  readonly kind: "anonymous" | "shared-key" | "api-key" | "user" | "local";
  /** User or key id; null for those that name nobody. */
  readonly id: string | null;
  /** For logs and audit trails. */
  readonly name: string;
  /** What it may do in a system (`platform` for the routes under /_/api). */
  may(system: string, access: Access): boolean;
}

const RANK: Readonly<Record<Access, number>> = { none: 0, read: 1, write: 2, admin: 3 };

/** True when a credential granted `granted` suffices for `needed`. */
export function suffices(granted: Access, needed: Access): boolean {
  return RANK[granted] >= RANK[needed];
}

/** Nobody in particular, where no credential is required: may do all but administer. */
export const ANONYMOUS: Principal = {
  kind: "anonymous",
  id: null,
  name: "anonymous",
  may: (system, access) => system !== "platform" && suffices("write", access),
};
