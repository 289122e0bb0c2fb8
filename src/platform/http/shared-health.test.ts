import { expect, it } from "vitest";
import { live } from "../../contracts/platform/index.ts";
import type { RouteRequest } from "./bound-route.ts";
import type { MountedSystem } from "./mounted-system.ts";
import { shareHealth } from "./shared-health.ts";

function systemWith(name: string, answer: object | null, isReady = true): MountedSystem {
  const health = { contract: { ...live, path: "/health" }, handle: async () => answer };
  return {
    name,
    routes: answer === null ? [] : [health],
    notFoundPrefixes: [],
    presentError: (error) => ({ error: error.message }),
    corsOrigins: [],
    corsHeaders: { allowed: [], exposed: [] },
    takesSharedKey: false,
    ready: async () => ({ ready: isReady }),
  };
}

it("answers for every system that claims /health, the first one's fields winning", async () => {
  const shared = shareHealth([
    systemWith("silent", null, false),
    systemWith("inspection", { status: "ok", device: "cpu" }),
    systemWith("colorization", { status: "fine", service: "manga-flux-api" }),
  ]);
  expect(shared.map((system) => system.routes.length)).toEqual([0, 1, 0]);
  expect(await shared[1]!.routes[0]!.handle({} as RouteRequest)).toEqual({
    status: "ok",
    device: "cpu",
    service: "manga-flux-api",
    systems: { silent: "not_ready", inspection: "ok", colorization: "ok" },
  });
});
