import { z } from "zod";
import { filledText, ours, plainText } from "../fields.ts";
import { defineRoute } from "../route.ts";
import { Done, failures, Time } from "./vocabulary.ts";

/** contracts/training.md "인증" (Authentication). */

const TrainingUser = z.object({
  id: z.number().int(),
  email: z.string(),
  full_name: z.string(),
  role: ours(z.enum(["admin", "member"]), "What the person may do"),
  created_at: ours(Time, "Since when"),
});

const Tokens = z.object({
  access_token: z.string().describe("60 minutes"),
  refresh_token: ours(z.string(), "7 days; exchanged at /auth/refresh"),
  token_type: z.literal("bearer"),
  user: TrainingUser,
});

const password = () => filledText(1_000);
const MAX_JSON = { maxBytes: 2 ** 16 };

export const trainingLogin = defineRoute({
  id: "trainingLogin",
  method: "POST",
  path: "/api/v1/auth/login",
  tag: "auth",
  summary: "Exchange e-mail and password for tokens",
  access: "none",
  body: {
    kind: "form",
    fields: z.object({
      email: plainText(254).optional(),
      username: ours(plainText(254).optional(), "The e-mail, as OAuth2 forms call it"),
      password: password(),
    }),
    json: MAX_JSON,
  },
  responses: { 200: { description: "Signed in", schema: Tokens }, ...failures },
});

export const trainingRegister = defineRoute({
  id: "trainingRegister",
  method: "POST",
  path: "/api/v1/auth/register",
  tag: "auth",
  summary: "Make an account, where registration is open",
  access: "none",
  body: {
    kind: "form",
    fields: z.object({
      email: filledText(254),
      password: password(),
      full_name: plainText(200).default(""),
    }),
    json: MAX_JSON,
  },
  responses: { 201: { description: "The new account", schema: TrainingUser }, ...failures },
  extra: true,
});

export const trainingRefresh = defineRoute({
  id: "trainingRefresh",
  method: "POST",
  path: "/api/v1/auth/refresh",
  tag: "auth",
  summary: "Exchange a refresh token for new tokens",
  access: "none",
  body: { kind: "form", fields: z.object({ refresh_token: filledText(10_000) }), json: MAX_JSON },
  responses: { 200: { description: "New tokens", schema: Tokens }, ...failures },
  extra: true,
});

export const trainingLogout = defineRoute({
  id: "trainingLogout",
  method: "POST",
  path: "/api/v1/auth/logout",
  tag: "auth",
  summary: "Void every token of the caller",
  access: "read",
  body: { kind: "none" },
  responses: { 200: { description: "Signed out everywhere", schema: Done }, ...failures },
  extra: true,
});

export const trainingMe = defineRoute({
  id: "trainingMe",
  method: "GET",
  path: "/api/v1/auth/me",
  tag: "auth",
  summary: "Who the caller is",
  access: "read",
  body: { kind: "none" },
  responses: { 200: { description: "The caller", schema: TrainingUser }, ...failures },
  extra: true,
});

export const trainingUpdateMe = defineRoute({
  id: "trainingUpdateMe",
  method: "PUT",
  path: "/api/v1/auth/me",
  tag: "auth",
  summary: "Change the caller's name, e-mail or password",
  access: "write",
  body: {
    kind: "json",
    schema: z.object({
      full_name: plainText(200).optional(),
      email: filledText(254).optional(),
      password: password().optional().describe("Voids every token issued before"),
      current_password: password().optional().describe("Needed to change e-mail or password"),
    }),
  },
  responses: { 200: { description: "The caller, changed", schema: TrainingUser }, ...failures },
  extra: true,
});
