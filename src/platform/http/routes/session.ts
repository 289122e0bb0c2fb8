import type { IncomingHttpHeaders } from "node:http";
import * as contract from "../../../contracts/platform/index.ts";
import type { Authority } from "../../auth/authority.ts";
import { consoleCookie, consoleToken } from "../../auth/console-session.ts";
import type { Sessions } from "../../auth/sessions.ts";
import type { User, Users } from "../../auth/users.ts";
import { userError } from "../../errors/quatrain-error.ts";
import type { Ids } from "../../ports.ts";
import { Answer, type BoundRoute, route } from "../bound-route.ts";
import { refuseCrossSite } from "../cross-site.ts";
import type { MountedSystem } from "../mounted-system.ts";
import { presentUser } from "./accounts.ts";

export interface SessionParts {
  readonly users: Users;
  readonly sessions: Sessions;
  readonly authority: Authority;
  readonly systems: readonly MountedSystem[];
  readonly ids: Ids;
  readonly version: string;
}

const SECRET_BYTES = 16;

export function sessionRoutes(parts: SessionParts): BoundRoute[] {
  const { users, sessions, ids } = parts;

  const signedIn = async (user: User, csrf: string, asOfMs: number, headers: IncomingHttpHeaders) => {
    const token = await sessions.issue(user.id, "console", asOfMs, csrf);
    return answer(await describe(parts, user, csrf), consoleCookie(token, headers));
  };

  return [
    route(contract.getSession, async ({ headers }) => {
      const token = consoleToken(headers);
      const session = token === null ? null : await sessions.verify(token, "console");
      const known = session !== null && (await users.principal(session)) !== null;
      const user = known ? await users.find(session.userId) : null;
      // the same instant and secret: a password set meanwhile still ends it, and other pages of it go on
      if (user !== null) return signedIn(user, session?.csrf ?? "", session?.issuedAtMs ?? 0, headers);
      return answer(await describe(parts, null, null), token === null ? null : consoleCookie(null, headers));
    }),

    route(contract.openSession, async ({ input, headers, remoteAddress }) => {
      refuseCrossSite(headers, []);
      const found = await users.signIn(input.email, input.password, remoteAddress);
      if (found === null) throw userError("unauthorized", 401, "Incorrect email or password");
      return signedIn(found.user, ids.hex(SECRET_BYTES), found.asOfMs, headers);
    }),

    route(contract.closeSession, async ({ headers }) => {
      refuseCrossSite(headers, []);
      return answer(await describe(parts, null, null), consoleCookie(null, headers));
    }),
  ];
}

function answer(body: object, cookie: string | null): Answer {
  return new Answer(200, body, {
    "cache-control": "no-store",
    ...(cookie === null ? {} : { "set-cookie": cookie }),
  });
}

async function describe(
  { authority, systems, version }: SessionParts,
  user: User | null,
  csrf: string | null,
) {
  const described = systems.map(async ({ name, takesSharedKey, needsCredential }) => ({
    name,
    credential_needed: await authority.asksFor({ system: name, takesSharedKey, needsCredential }),
  }));
  return {
    user: user === null ? null : presentUser(user),
    csrf_token: csrf,
    version,
    systems: await Promise.all(described),
  };
}
