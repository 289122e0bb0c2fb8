import { randomBytes } from "node:crypto";
import type { Secret } from "../config/secret.ts";
import { QuatrainError, userError } from "../errors/quatrain-error.ts";
import type { Users } from "./users.ts";

/**
 * Makes the first administrator where there is no user yet.
 * @returns the random password when none was configured: show it once, it is kept nowhere
 * @throws QuatrainError `invalid_email` or `weak_password` (400) that names the setting
 */
export async function ensureFirstAdmin(
  users: Users,
  settings: { readonly email: string; readonly password: Secret | null },
): Promise<string | null> {
  if ((await users.list()).length > 0) return null;
  const password = settings.password?.reveal() ?? randomBytes(12).toString("base64url");
  try {
    await users.add({ email: settings.email, fullName: "Administrator", role: "admin", password });
  } catch (error) {
    if (!(error instanceof QuatrainError)) throw error;
    if (error.code === "user_exists") return null; // another process of this database was quicker
    const setting = error.code === "invalid_email" ? "QUATRAIN_ADMIN_EMAIL" : "QUATRAIN_ADMIN_PASSWORD";
    throw userError(error.code, error.status, `${setting}: ${error.message}`);
  }
  return settings.password === null ? password : null;
}
