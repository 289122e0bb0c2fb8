import * as contract from "../../../contracts/training/index.ts";
import type { Sessions } from "../../../platform/auth/sessions.ts";
import type { User, Users } from "../../../platform/auth/users.ts";
import { userError } from "../../../platform/errors/quatrain-error.ts";
import { Answer, type BoundRoute, type RouteRequest, route } from "../../../platform/http/bound-route.ts";
import { fieldFault } from "../errors.ts";

export interface AuthRouteDeps {
  readonly users: Users;
  readonly sessions: Sessions;
  /** Whether anybody may make an account. */
  readonly registration: boolean;
}

/** contracts/training.md "인증"; spec/training.md section 1, "POST auth/login". */
export function authRoutes({ users, sessions, registration }: AuthRouteDeps): BoundRoute[] {
  const tokensOf = async (user: User, asOfMs?: number) => ({
    access_token: await sessions.issue(user.id, "access", asOfMs),
    refresh_token: await sessions.issue(user.id, "refresh", asOfMs),
    token_type: "bearer" as const,
    user: presentUser(user),
  });

  return [
    route(contract.trainingLogin, async ({ input, remoteAddress }) => {
      const email = input.email ?? input.username;
      if (email === undefined) throw fieldFault("email", "Field required");
      const signedIn = await users.signIn(email, input.password, remoteAddress);
      if (signedIn === null) throw userError("unauthorized", 401, "Incorrect email or password");
      return tokensOf(signedIn.user, signedIn.asOfMs);
    }),

    route(contract.trainingRegister, async ({ input }) => {
      if (!registration) {
        throw userError(
          "registration_closed",
          403,
          "Accounts are made by an administrator here (`quatrain user add`, or QUATRAIN_REGISTRATION=open)",
        );
      }
      const { email, password, full_name: fullName } = input;
      return new Answer(201, presentUser(await users.add({ email, password, fullName, role: "member" })));
    }),

    route(contract.trainingRefresh, async ({ input }) => {
      const claim = await sessions.verify(input.refresh_token, "refresh");
      const valid = claim !== null && (await users.principal(claim)) !== null;
      const user = valid ? await users.find(claim.userId) : null;
      if (user === null) throw userError("unauthorized", 401, "The refresh token is invalid or has expired");
      return tokensOf(user);
    }),

    route(contract.trainingLogout, async (request) => {
      await users.voidTokens((await signedIn(users, request)).id);
      return { message: "Signed out everywhere" };
    }),

    route(contract.trainingMe, async (request) => presentUser(await signedIn(users, request))),

    route(contract.trainingUpdateMe, async (request) => {
      const { input, remoteAddress } = request;
      const user = await signedIn(users, request);
      const changesSecret = input.password !== undefined || input.email !== undefined;
      if (changesSecret) await confirm(users, user, input.current_password, remoteAddress);
      const { email, full_name: fullName, password } = input;
      return presentUser(await users.update(user.id, { email, fullName, password }));
    }),
  ];
}

async function signedIn(users: Users, { principal }: Pick<RouteRequest, "principal">): Promise<User> {
  const user = principal.kind === "user" ? await users.find(Number(principal.id)) : null;
  if (user === null) {
    throw userError("no_user", 403, "This needs a person: sign in with e-mail and password, not with a key");
  }
  return user;
}

async function confirm(
  users: Users,
  user: User,
  password: string | undefined,
  address: string,
): Promise<void> {
  const confirmed = password === undefined ? null : await users.signIn(user.email, password, address);
  if (confirmed === null) {
    throw userError("wrong_password", 403, "Send the present password as current_password to change this", {
      field: "current_password",
    });
  }
}

function presentUser(user: User) {
  return {
    id: user.id,
    email: user.email,
    full_name: user.fullName,
    role: user.role,
    created_at: new Date(user.createdAt).toISOString(),
  };
}
