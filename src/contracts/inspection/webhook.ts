import { z } from "zod";
import { wholeNumber } from "../fields.ts";
import { Echo, failures, inspectionRoute, notFoundFailure } from "./vocabulary.ts";

/** Messages to the webhook that is told of ng pictures; ours (spec/inspection.md section 5). */

const State = z.enum(["waiting", "delivered", "failed", "dropped"]);

const Delivery = z.object({
  id: z.number().int(),
  delivery_id: z.string().describe("The same at every attempt: X-Quatrain-Delivery"),
  state: State,
  attempts: z.number().int(),
  last_status: z.number().int().nullable().describe("Of the last answer, if there was one"),
  last_error: z.string().nullable(),
  role_id: z.string(),
  roi_id: z.string(),
  model_key: z.string(),
  recipe_id: z.string(),
  created_at_utc: z.string(),
  ended_at_utc: z.string().nullable(),
  message: z.record(z.string(), z.unknown()).describe("What is sent"),
});

export const listDeliveries = inspectionRoute({
  id: "inspectionDeliveries",
  method: "GET",
  path: "/webhook_deliveries",
  tag: "inspection",
  summary: "Messages to the webhook and what became of them, newest first",
  access: "read",
  extra: true,
  query: z.object({
    state: State.optional(),
    limit: wholeNumber({ min: 1, max: 1_000 }).default(100),
  }),
  body: { kind: "none" },
  responses: {
    200: {
      description: "The messages; at most 10,000 that have ended are kept",
      schema: z.object({ configured: z.boolean(), items: z.array(Delivery), ...Echo }),
    },
    ...failures,
  },
});

export const retryDelivery = inspectionRoute({
  id: "inspectionRetryDelivery",
  method: "POST",
  path: "/webhook_deliveries/:id/retry",
  tag: "inspection",
  summary: "Send a message that failed or was dropped once more",
  access: "write",
  extra: true,
  params: z.object({ id: wholeNumber({ min: 1 }) }),
  body: { kind: "none" },
  responses: {
    200: { description: "It waits again", schema: z.object({ status: z.literal("waiting"), ...Echo }) },
    ...failures,
    ...notFoundFailure,
  },
});
