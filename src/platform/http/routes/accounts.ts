import * as contract from "../../../contracts/platform/index.ts";
import type { ApiKey, ApiKeys } from "../../auth/api-keys.ts";
import type { Sessions } from "../../auth/sessions.ts";
import type { User, Users } from "../../auth/users.ts";
import { userError } from "../../errors/quatrain-error.ts";
import { Answer, type BoundRoute, route } from "../bound-route.ts";

export interface AccountParts {
  readonly users: Users;
  readonly keys: ApiKeys;
  readonly sessions: Sessions;
  /** Names that a key may be scoped to, besides `*` and `platform`. */
  readonly systemNames: readonly string[];
}

export function accountRoutes({ users, keys, sessions, systemNames }: AccountParts): BoundRoute[] {
  return [
    route(contract.login, async ({ input, remoteAddress }) => {
      const signedIn = await users.signIn(input.email, input.password, remoteAddress);
      if (signedIn === null) throw userError("unauthorized", 401, "Incorrect email or password");
      const { user, asOfMs } = signedIn;
      return {
        access_token: await sessions.issue(user.id, "access", asOfMs),
        refresh_token: await sessions.issue(user.id, "refresh", asOfMs),
        token_type: "bearer" as const,
        user: presentUser(user),
      };
    }),

    route(contract.listUsers, async () => ({ users: (await users.list()).map(presentUser) })),

    route(contract.addUser, async ({ input }) => {
      const { email, full_name: fullName, role, password } = input;
      return new Answer(201, presentUser(await users.add({ email, fullName, role, password })));
    }),

    route(contract.setPassword, async ({ input }) =>
      presentUser(await users.setPassword(input.email, input.password)),
    ),

    route(contract.removeUser, async ({ input }) => presentUser(await users.remove(input.email))),

    route(contract.listKeys, async () => ({ keys: (await keys.list()).map(presentKey) })),

    route(contract.createKey, async ({ input }) => {
      const scopes = ["*", "platform", ...systemNames];
      if (!scopes.includes(input.system)) {
        throw userError("unknown_system", 400, `system must be one of: ${scopes.join(", ")}`);
      }
      const created = await keys.create(input.name, input.system, input.access);
      return new Answer(201, { ...presentKey(created), key: created.key });
    }),

    route(contract.revokeKey, async ({ input }) => {
      await keys.revoke(input.id);
      return { revoked: true as const };
    }),
  ];
}

/** A user in the contract's words. */
export function presentUser(user: User) {
  return {
    id: user.id,
    email: user.email,
    full_name: user.fullName,
    role: user.role,
    created_at: new Date(user.createdAt).toISOString(),
  };
}

function presentKey(key: ApiKey) {
  return {
    id: key.id,
    name: key.name,
    system: key.system,
    access: key.access === "none" ? ("read" as const) : key.access,
    created_at: new Date(key.createdAt).toISOString(),
  };
}
