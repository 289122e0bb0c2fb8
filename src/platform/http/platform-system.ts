import type { BoundRoute } from "./bound-route.ts";
import type { MountedSystem } from "./mounted-system.ts";

/** The routes under `/_/` as a system of their own, with the platform's error body. */
export function createPlatformSystem(routes: readonly BoundRoute[]): MountedSystem {
  return {
    name: "platform",
    routes,
    notFoundPrefixes: ["/_/"],
    corsOrigins: [],
    corsHeaders: { allowed: [], exposed: [] },
    takesSharedKey: false,
    presentError: (error, { requestId }) => ({
      error: error.message,
      detail: error.message,
      code: error.code,
      status: error.status,
      request_id: requestId,
    }),
    ready: async () => ({ ready: true }),
  };
}
