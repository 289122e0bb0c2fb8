import type { BoundRoute, CorsRules } from "./bound-route.ts";
import type { MountedSystem } from "./mounted-system.ts";

const PATH = "/health";

/**
 * `GET /health` is claimed by several contracts. On the shared listener the first system that claims it answers for
 * all: everybody's fields, its own where they disagree, and `systems` with each one's state. Browsers may read it from
 * wherever one of them lets them.
 * @returns the systems with one claim left among them
 */
export function shareHealth(systems: readonly MountedSystem[]): MountedSystem[] {
  const claims = systems.flatMap((system) => system.routes.filter(isHealth));
  const claimants = systems.filter((system) => system.routes.some(isHealth));
  const [owner] = claimants;
  return systems.map((system) => ({
    ...system,
    routes: system.routes.flatMap((bound) => {
      if (!isHealth(bound)) return [bound];
      return system === owner
        ? [{ ...bound, handle: answerForAll(claims, systems), cors: corsOf(claimants) }]
        : [];
    }),
  }));
}

function corsOf(systems: readonly MountedSystem[]): CorsRules {
  const all = (of: (rules: CorsRules) => readonly string[]) => [...new Set(systems.flatMap(of))];
  return {
    corsOrigins: all(({ corsOrigins }) => corsOrigins),
    corsHeaders: {
      allowed: all(({ corsHeaders }) => corsHeaders.allowed),
      exposed: all(({ corsHeaders }) => corsHeaders.exposed),
    },
  };
}

function isHealth({ contract }: BoundRoute): boolean {
  return contract.path === PATH && contract.method === "GET";
}

function answerForAll(
  claims: readonly BoundRoute[],
  systems: readonly MountedSystem[],
): BoundRoute["handle"] {
  return async (request) => {
    const answers = await Promise.all(claims.map((claim) => claim.handle(request)));
    const states = await Promise.all(
      systems.map(async ({ name, ready }) => [name, (await ready()).ready ? "ok" : "not_ready"] as const),
    );
    return Object.assign({}, ...answers.reverse(), { systems: Object.fromEntries(states) });
  };
}
