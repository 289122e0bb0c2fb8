import { z } from "zod";
import { filledText } from "../fields.ts";
import { defineRoute } from "../route.ts";
import { User } from "./accounts.ts";
import { adminFailures } from "./vocabulary.ts";

/** The console's session: a cookie that scripts cannot read, and a secret that changes need besides. */

const Session = z.object({
  user: User.nullable().describe("Null where nobody is signed in"),
  csrf_token: z.string().nullable().describe("To be sent as X-CSRF-Token with whatever changes something"),
  version: z.string(),
  systems: z.array(z.object({ name: z.string(), credential_needed: z.boolean() })),
});

const answers = { 200: { description: "The session", schema: Session }, ...adminFailures } as const;

export const getSession = defineRoute({
  id: "getSession",
  method: "GET",
  path: "/_/api/session",
  tag: "accounts",
  summary: "Who is signed in at the console; lengthens the session",
  access: "none",
  body: { kind: "none" },
  responses: answers,
  extra: true,
});

export const openSession = defineRoute({
  id: "openSession",
  method: "POST",
  path: "/_/api/session",
  tag: "accounts",
  summary: "Sign in at the console: sets its cookie",
  access: "none",
  body: { kind: "json", schema: z.object({ email: filledText(), password: filledText() }) },
  responses: answers,
  extra: true,
});

export const closeSession = defineRoute({
  id: "closeSession",
  method: "DELETE",
  path: "/_/api/session",
  tag: "accounts",
  summary: "Sign out of the console",
  access: "none",
  body: { kind: "none" },
  responses: answers,
  extra: true,
});
