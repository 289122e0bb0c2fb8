import type { IncomingHttpHeaders } from "node:http";
import { LIFETIME_S } from "./sessions.ts";

/** The console's cookie and the secret that its page sends besides. */

const COOKIE = "quatrain_session";
const CSRF_HEADER = "x-csrf-token";

/** The token in the console's cookie; null where there is none. */
export function consoleToken({ cookie = "" }: IncomingHttpHeaders): string | null {
  for (const part of cookie.split(";")) {
    const [name, value] = part.trim().split("=", 2);
    if (name === COOKIE && value) return value;
  }
  return null;
}

/** What the page shows besides the cookie; empty where it shows nothing. */
export function csrfOf(headers: IncomingHttpHeaders): string {
  const given = headers[CSRF_HEADER];
  return typeof given === "string" ? given : "";
}

/** `Set-Cookie` that keeps the token from scripts and from every other site; `null` ends the session. */
export function consoleCookie(token: string | null, headers: IncomingHttpHeaders): string {
  const age = token === null ? 0 : LIFETIME_S.console;
  // only a proxy in front speaks TLS; told over plain HTTP, the browser would drop the cookie
  const secure = headers["x-forwarded-proto"] === "https" ? "; Secure" : "";
  return `${COOKIE}=${token ?? ""}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${age}${secure}`;
}
