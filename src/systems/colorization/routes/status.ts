import * as contract from "../../../contracts/colorization/index.ts";
import { type BoundRoute, route } from "../../../platform/http/bound-route.ts";

export interface StatusRouteDeps {
  readonly version: string;
  readonly tokenRequired: boolean;
  readonly clock: { now(): number };
}

/** contracts/colorization.md "Saúde e versão"; the extension's /health. */
export function statusRoutes({ version, tokenRequired, clock }: StatusRouteDeps): BoundRoute[] {
  return [
    route(contract.colorizationHealthz, async () => ({ status: "ok" as const })),
    route(contract.colorizationVersion, async () => ({ version })),
    route(contract.colorizationHealth, async () => ({
      status: "ok" as const,
      service: "manga-flux-api" as const,
      version,
      token_required: tokenRequired,
      timestamp_utc: new Date(clock.now()).toISOString(),
    })),
  ];
}
