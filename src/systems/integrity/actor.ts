import type { Principal } from "../../platform/auth/principal.ts";
import { userError } from "../../platform/errors/quatrain-error.ts";

/** Who did something, for the audit: a person's or a key's name and id, or the kind of credential that names nobody. */
export function actorOf({ kind, id, name }: Principal): string {
  return id === null ? kind : `${kind}:${id} ${name}`;
}

/** A person. @throws QuatrainError `named_user_required` (403): a shared key identifies nobody */
export function personOf({ kind, id, name }: Principal): { id: string; name: string } {
  if (kind === "user" && id !== null) return { id, name };
  throw userError(
    "named_user_required",
    403,
    "A decision needs a person: sign in (POST /_/api/login) and send the token as Authorization: Bearer",
  );
}
