import { z } from "zod";
import { defineRoute } from "../route.ts";

export const live = defineRoute({
  id: "livez",
  method: "GET",
  path: "/_/livez",
  tag: "platform",
  summary: "The process answers",
  access: "none",
  body: { kind: "none" },
  responses: { 200: { description: "Alive", schema: z.object({ status: z.literal("ok") }) } },
  extra: true,
});

const Readiness = z.object({
  status: z.enum(["ready", "not_ready"]),
  version: z.string(),
  systems: z.record(z.string(), z.object({ ready: z.boolean(), reason: z.string().optional() })),
});

export const ready = defineRoute({
  id: "readyz",
  method: "GET",
  path: "/_/readyz",
  tag: "platform",
  summary: "Every mounted system can do its main job",
  access: "none",
  body: { kind: "none" },
  responses: {
    200: { description: "Ready", schema: Readiness },
    503: { description: "Not yet, or no longer", schema: Readiness },
  },
  extra: true,
});

export const metrics = defineRoute({
  id: "metrics",
  method: "GET",
  path: "/_/metrics",
  tag: "platform",
  summary: "Prometheus figures; beyond loopback a credential is needed",
  access: "none",
  body: { kind: "none" },
  responses: { 200: { description: "Figures", contentType: "text/plain" } },
  extra: true,
});
