import { randomBytes } from "node:crypto";
import type { Secret } from "../config/secret.ts";
import type { Users } from "./users.ts";

/**
 * Makes the first administrator where there is no user yet.
 * @returns the random password when none was configured: show it once, it is kept nowhere
 */
export async function ensureFirstAdmin(
  users: Users,
  settings: { readonly email: string; readonly password: Secret | null },
): Promise<string | null> {
  if ((await users.list()).length > 0) return null;
  const password = settings.password?.reveal() ?? randomBytes(12).toString("base64url");
  await users.add({ email: settings.email, fullName: "Administrator", role: "admin", password });
  return settings.password === null ? password : null;
}
