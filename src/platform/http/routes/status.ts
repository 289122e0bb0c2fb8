import * as contract from "../../../contracts/platform/index.ts";
import type { Authority } from "../../auth/authority.ts";
import { isLoopback } from "../../config/config.ts";
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

    route(contract.metrics, async ({ headers, remoteAddress }) => {
      if (!isLoopback(remoteAddress)) {
        await authority.authorise(headers, { system: "platform", access: "read", takesSharedKey: true });
      }
      const { contentType, body } = await metrics.text();
      return Answer.bytes(contentType, Buffer.from(body));
    }),
  ];
}
