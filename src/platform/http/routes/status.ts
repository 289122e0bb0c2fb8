import type { IncomingHttpHeaders } from "node:http";
import * as contract from "../../../contracts/platform/index.ts";
import type { Authority } from "../../auth/authority.ts";
import { userError } from "../../errors/quatrain-error.ts";
import type { Metrics } from "../../telemetry/metrics.ts";
import { Answer, type BoundRoute, route } from "../bound-route.ts";
import type { MountedSystem } from "../mounted-system.ts";

export interface StatusParts {
  readonly version: string;
  readonly systems: readonly MountedSystem[];
  readonly metrics: Metrics;
  readonly authority: Authority;
}

export function statusRoutes({ version, systems, metrics, authority }: StatusParts): BoundRoute[] {
  return [
    route(contract.live, async () => ({ status: "ok" as const })),

    route(contract.ready, async () => {
      const states = await Promise.all(
        systems.map(async (system) => [system.name, await system.ready()] as const),
      );
      const allReady = states.every(([, state]) => state.ready);
      return new Answer(allReady ? 200 : 503, {
        status: allReady ? "ready" : "not_ready",
        version,
        systems: Object.fromEntries(states),
      });
    }),

    route(contract.metrics, async ({ headers, fromHere }) => {
      if (!fromHere) await requireAnyCredential(authority, headers);
      const { contentType, body } = await metrics.text();
      return Answer.bytes(contentType, Buffer.from(body));
    }),
  ];
}

/** Figures are for whoever may use anything here. @throws QuatrainError `unauthorized` (401) */
async function requireAnyCredential(authority: Authority, headers: IncomingHttpHeaders): Promise<void> {
  const demand = { system: "platform", access: "none", takesSharedKey: true } as const;
  const { kind } = await authority.authorise(headers, demand);
  if (kind !== "anonymous") return;
  throw userError("unauthorized", 401, "A credential is needed: send X-API-Key or Authorization: Bearer");
}
