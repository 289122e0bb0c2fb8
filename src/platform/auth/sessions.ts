import { jwtVerify, SignJWT } from "jose";
import type { Secret } from "../config/secret.ts";
import type { Clock } from "../ports.ts";

export type TokenType = "access" | "refresh" | "console";

/** Seconds that a token is good for. */
export const LIFETIME_S: Readonly<Record<TokenType, number>> = {
  access: 60 * 60,
  refresh: 7 * 24 * 60 * 60,
  console: 12 * 60 * 60,
};

/** What a valid token says. */
export interface VerifiedToken {
  readonly userId: number;
  readonly issuedAtMs: number;
  /** The secret that a console's page shows besides; null in other tokens. */
  readonly csrf: string | null;
}

/**
 * JSON Web Tokens (HS256): `sub` is the user's id as text, `type` is access (60 min), refresh (7 days) or console (12 h,
 * with the `csrf` secret of its page).
 */
export class Sessions {
  readonly #key: Uint8Array;
  readonly #clock: Clock;

  constructor(secret: Secret, clock: Clock) {
    this.#key = new TextEncoder().encode(secret.reveal());
    this.#clock = clock;
  }

  /**
   * @param asOfMs when the user's password was known to be right
   * @param csrf the secret of a console's page
   */
  async issue(userId: number, type: TokenType, asOfMs = this.#clock.now(), csrf?: string): Promise<string> {
    const asOfS = Math.floor(asOfMs / 1_000);
    // iat has whole seconds only; a token of the same second as a password change must be told apart from older ones
    return new SignJWT({ type, iatMs: asOfMs, ...(csrf === undefined ? {} : { csrf }) })
      .setProtectedHeader({ alg: "HS256" })
      .setSubject(String(userId))
      .setIssuedAt(asOfS)
      .setExpirationTime(Math.floor(this.#clock.now() / 1_000) + LIFETIME_S[type])
      .sign(this.#key);
  }

  /** The token's user, or null when it is not ours, altered, expired or of the other type. */
  async verify(token: string, type: TokenType): Promise<VerifiedToken | null> {
    try {
      const { payload } = await jwtVerify(token, this.#key, {
        algorithms: ["HS256"],
        currentDate: new Date(this.#clock.now()),
      });
      const userId = Number(payload.sub);
      if (payload.type !== type || !Number.isSafeInteger(userId)) return null;
      const csrf = typeof payload.csrf === "string" ? payload.csrf : null;
      return { userId, issuedAtMs: Number(payload.iatMs ?? 0), csrf };
    } catch {
      return null; // any fault of a token means the same: it proves nothing
    }
  }
}
