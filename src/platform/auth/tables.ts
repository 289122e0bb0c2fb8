import type { Generated } from "kysely";
import type { Access } from "../../contracts/route.ts";

/** Tables of the auth room; times are milliseconds UTC. */
export interface AuthTables {
  users: {
    id: Generated<number>;
    email: string;
    full_name: string;
    role: "admin" | "member";
    password_hash: string;
    created_at: number;
    /** Tokens issued before are void: set by a password change or a log-out everywhere. */
    tokens_valid_from: number;
  };
  api_keys: {
    id: string;
    name: string;
    /** SHA-256 of the key, hex. The key itself is shown once and never stored. */
    key_hash: string;
    /** System name, `*` for all, or `platform`. */
    system: string;
    access: Access;
    created_at: number;
    revoked_at: number | null;
  };
  platform_secrets: { name: string; value: string };
}
