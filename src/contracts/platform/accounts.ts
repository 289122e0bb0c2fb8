import { z } from "zod";
import { filledText } from "../fields.ts";
import { defineRoute } from "../route.ts";
import { adminFailures, notFound } from "./vocabulary.ts";

/** Users, their passwords, and API keys: administrators only, but for signing in. */

export const User = z.object({
  id: z.number().int(),
  email: z.string(),
  full_name: z.string(),
  role: z.enum(["admin", "member"]),
  created_at: z.string(),
});

export const login = defineRoute({
  id: "login",
  method: "POST",
  path: "/_/api/login",
  tag: "accounts",
  summary: "Exchange e-mail and password for a token",
  access: "none",
  body: { kind: "json", schema: z.object({ email: filledText(), password: filledText() }) },
  responses: {
    200: {
      description: "Signed in",
      schema: z.object({
        access_token: z.string(),
        refresh_token: z.string(),
        token_type: z.literal("bearer"),
        user: User,
      }),
    },
    ...adminFailures,
  },
  extra: true,
});

export const listUsers = defineRoute({
  id: "listUsers",
  method: "GET",
  path: "/_/api/users",
  tag: "accounts",
  summary: "Everybody who may sign in",
  access: "admin",
  body: { kind: "none" },
  responses: { 200: { description: "Users", schema: z.object({ users: z.array(User) }) }, ...adminFailures },
  extra: true,
});

export const addUser = defineRoute({
  id: "addUser",
  method: "POST",
  path: "/_/api/users",
  tag: "accounts",
  summary: "Add a user",
  access: "admin",
  body: {
    kind: "json",
    schema: z.object({
      email: filledText(),
      full_name: z.string().max(200).default(""),
      role: z.enum(["admin", "member"]).default("member"),
      password: filledText(),
    }),
  },
  responses: { 201: { description: "Added", schema: User }, ...adminFailures },
  extra: true,
});

export const setPassword = defineRoute({
  id: "setPassword",
  method: "POST",
  path: "/_/api/users/password",
  tag: "accounts",
  summary: "Set a user's password; tokens issued before are void",
  access: "admin",
  body: { kind: "json", schema: z.object({ email: filledText(), password: filledText() }) },
  responses: { 200: { description: "Set", schema: User }, ...adminFailures, ...notFound },
  extra: true,
});

export const removeUser = defineRoute({
  id: "removeUser",
  method: "DELETE",
  path: "/_/api/users/:email",
  tag: "accounts",
  summary: "Remove a user",
  access: "admin",
  params: z.object({ email: filledText() }),
  body: { kind: "none" },
  responses: { 200: { description: "Removed", schema: User }, ...adminFailures, ...notFound },
  extra: true,
});

export const ApiKey = z.object({
  id: z.string(),
  name: z.string(),
  system: z.string(),
  access: z.enum(["read", "write", "admin"]),
  created_at: z.string(),
});

export const listKeys = defineRoute({
  id: "listKeys",
  method: "GET",
  path: "/_/api/keys",
  tag: "accounts",
  summary: "Active API keys (never their text)",
  access: "admin",
  body: { kind: "none" },
  responses: { 200: { description: "Keys", schema: z.object({ keys: z.array(ApiKey) }) }, ...adminFailures },
  extra: true,
});

export const createKey = defineRoute({
  id: "createKey",
  method: "POST",
  path: "/_/api/keys",
  tag: "accounts",
  summary: "Create an API key; its text is in this answer and nowhere else",
  access: "admin",
  body: {
    kind: "json",
    schema: z.object({
      name: filledText(200),
      system: filledText(50).describe("System name, * for all systems, or platform for administration"),
      access: z.enum(["read", "write", "admin"]).default("write"),
    }),
  },
  responses: {
    201: { description: "Created", schema: ApiKey.extend({ key: z.string() }) },
    ...adminFailures,
  },
  extra: true,
});

export const revokeKey = defineRoute({
  id: "revokeKey",
  method: "DELETE",
  path: "/_/api/keys/:id",
  tag: "accounts",
  summary: "Revoke an API key",
  access: "admin",
  params: z.object({ id: filledText(100) }),
  body: { kind: "none" },
  responses: {
    200: { description: "Revoked", schema: z.object({ revoked: z.literal(true) }) },
    ...adminFailures,
    ...notFound,
  },
  extra: true,
});
