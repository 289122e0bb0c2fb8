import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { Access } from "../../contracts/route.ts";
import type { Secret } from "../config/secret.ts";
import { userError } from "../errors/quatrain-error.ts";
import type { ApiKeys } from "./api-keys.ts";
import { consoleToken, csrfOf } from "./console-session.ts";
import { ANONYMOUS, type Principal, suffices } from "./principal.ts";
import type { Sessions } from "./sessions.ts";
import type { Users } from "./users.ts";

/** What is being asked for. */
export interface Demand {
  readonly system: string;
  readonly access: Access;
  /** Whether the configured shared key (`X-API-Key`) opens this system. */
  readonly takesSharedKey: boolean;
  /** Nobody gets in without a credential, configured or not. */
  readonly needsCredential?: boolean;
  /** Reading needs no credential, also where one is configured. */
  readonly openReads?: boolean;
}

export interface AuthorityParts {
  readonly users: Users;
  readonly keys: ApiKeys;
  readonly sessions: Sessions;
  readonly sharedKey: Secret | null;
  /** Shared keys of single systems, whose contracts name a token of their own. */
  readonly ownKeys?: Readonly<Partial<Record<string, Secret>>>;
  /** The token that lies in the data folder, for this machine's own command line. */
  readonly localToken: Secret;
  /**
   * Whether a system asks everybody for a credential, configured or not: true beyond loopback, where revoking the last key must not
   * open the doors.
   */
  readonly asksAlways: (system: string) => boolean;
}

const SHARED_KEY: Principal = {
  kind: "shared-key",
  id: null,
  name: "shared key",
  may: (system, access) => system !== "platform" && suffices("write", access),
};

const LOCAL: Principal = { kind: "local", id: null, name: "local command line", may: () => true };

/** The one place that decides who may do what. */
export class Authority {
  readonly #parts: AuthorityParts;

  constructor(parts: AuthorityParts) {
    this.#parts = parts;
  }

  /**
   * The caller's identity, once it is known to be enough for the demand.
   * @throws QuatrainError `unauthorized` (401: none or an unknown credential), `forbidden` (403: a known one, not enough)
   */
  async authorise(headers: IncomingHttpHeaders, demand: Demand): Promise<Principal> {
    const credentials = credentialsOf(headers);
    const known = await this.#recognise(headers, credentials, demand);
    if (demand.access === "none") return known[0] ?? ANONYMOUS;
    if (demand.access === "read" && demand.openReads === true) return known[0] ?? ANONYMOUS;
    const enough = known.find((principal) => principal.may(demand.system, demand.access));
    if (enough !== undefined) return enough;
    if (known[0] !== undefined) throw forbidden(known[0], demand);
    if (!ANONYMOUS.may(demand.system, demand.access)) throw refusal(credentials.length > 0);
    if (await this.asksFor(demand)) throw refusal(credentials.length > 0);
    return ANONYMOUS;
  }

  /** Whether nobody gets in without a credential: one is configured, or the system can be reached from elsewhere. */
  async asksFor(demand: Omit<Demand, "access">): Promise<boolean> {
    return this.#parts.asksAlways(demand.system) || (await this.requiresCredential(demand));
  }

  /** Whether a key for the system is configured or was created; the platform's routes always need one. */
  async requiresCredential(demand: Omit<Demand, "access">): Promise<boolean> {
    if (demand.system === "platform" || demand.needsCredential === true) return true;
    if (this.#parts.ownKeys?.[demand.system] !== undefined) return true;
    if (demand.takesSharedKey && this.#parts.sharedKey !== null) return true;
    return this.#parts.keys.existFor(demand.system);
  }

  /** Everybody whom the credentials name. */
  async #recognise(
    headers: IncomingHttpHeaders,
    credentials: readonly string[],
    demand: Demand,
  ): Promise<Principal[]> {
    const principals = await Promise.all(
      credentials.map((credential) => this.#recogniseOne(credential, demand)),
    );
    const user = await this.#recogniseConsole(headers, demand.access);
    return [...principals, user].filter((principal) => principal !== null);
  }

  /**
   * Whom the console's cookie names. A browser adds it to whatever any page asks for: what changes something takes the
   * secret besides, which only our own page knows.
   */
  async #recogniseConsole(headers: IncomingHttpHeaders, access: Access): Promise<Principal | null> {
    const token = consoleToken(headers);
    if (token === null) return null;
    const { sessions, users } = this.#parts;
    const session = await sessions.verify(token, "console");
    if (session === null) return null;
    if (suffices(access, "write") && !sameText(csrfOf(headers), session.csrf ?? "")) return null;
    return users.principal(session);
  }

  async #recogniseOne(credential: string, demand: Demand): Promise<Principal | null> {
    const { sharedKey, ownKeys, localToken, keys, sessions, users } = this.#parts;
    const ownKey = ownKeys?.[demand.system];
    if (sameText(credential, localToken.reveal())) return LOCAL;
    if (ownKey !== undefined && sameText(credential, ownKey.reveal())) return SHARED_KEY;
    if (demand.takesSharedKey && sharedKey !== null && sameText(credential, sharedKey.reveal()))
      return SHARED_KEY;
    if (keys.looksLikeOne(credential)) return keys.recognise(credential);
    const userId = await sessions.verify(credential, "access");
    return userId === null ? null : users.principal(userId);
  }
}

/** `X-API-Key` first, then `X-API-Token`, then `Authorization: Bearer`. */
function credentialsOf(headers: IncomingHttpHeaders): string[] {
  const key = headers["x-api-key"] ?? headers["x-api-token"];
  const bearer = /^Bearer\s+(.+)$/i.exec(headers.authorization ?? "")?.[1];
  return [typeof key === "string" ? key.trim() : "", bearer?.trim() ?? ""].filter(
    (credential) => credential !== "",
  );
}

function forbidden(principal: Principal, { access, system }: Demand) {
  return userError("forbidden", 403, `${principal.name} may not do this (${access} on ${system})`);
}

function refusal(sentOne: boolean) {
  return sentOne
    ? userError("unauthorized", 401, "Invalid API key or token")
    : userError(
        "unauthorized",
        401,
        "A credential is needed: send X-API-Key, or Authorization: Bearer with a key or token",
      );
}

/** Compares in constant time, whatever the lengths. */
function sameText(given: string, expected: string): boolean {
  const digest = (value: string) => createHash("sha256").update(value).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
