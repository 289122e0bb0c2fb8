import { jwtVerify, SignJWT } from "jose";
import type { Secret } from "../config/secret.ts";
import type { Clock } from "../ports.ts";

export type TokenType = "access" | "refresh";

const LIFETIME_S: Readonly<Record<TokenType, number>> = { access: 60 * 60, refresh: 7 * 24 * 60 * 60 };

/** JSON Web Tokens (HS256): `sub` is the user's id as text, `type` is access (60 min) or refresh (7 days). */
export class Sessions {
  readonly #key: Uint8Array;
  readonly #clock: Clock;

  constructor(secret: Secret, clock: Clock) {
    this.#key = new TextEncoder().encode(secret.reveal());
    this.#clock = clock;
  }

  /** @param asOfMs when the user's password was known to be right */
  async issue(userId: number, type: TokenType, asOfMs = this.#clock.now()): Promise<string> {
    const asOfS = Math.floor(asOfMs / 1_000);
    // iat has whole seconds only; a token of the same second as a password change must be told apart from older ones
    return new SignJWT({ type, iatMs: asOfMs })
      .setProtectedHeader({ alg: "HS256" })
      .setSubject(String(userId))
      .setIssuedAt(asOfS)
      .setExpirationTime(asOfS + LIFETIME_S[type])
      .sign(this.#key);
  }

  /** The token's user, or null when it is not ours, altered, expired or of the other type. */
  async verify(token: string, type: TokenType): Promise<{ userId: number; issuedAtMs: number } | null> {
    try {
      const { payload } = await jwtVerify(token, this.#key, {
        algorithms: ["HS256"],
        currentDate: new Date(this.#clock.now()),
      });
      const userId = Number(payload.sub);
      if (payload.type !== type || !Number.isSafeInteger(userId)) return null;
      return { userId, issuedAtMs: Number(payload.iatMs ?? 0) };
    } catch {
      return null; // any fault of a token means the same: it proves nothing
    }
  }
}
