import * as contract from "../../../contracts/platform/index.ts";
import { type BoundRoute, route } from "../bound-route.ts";

/** Writes a backup; yields what it holds. */
export type WriteBackup = (path: string) => Promise<{ readonly bytes: number; readonly files: number }>;

export function maintenanceRoutes(writeBackup: WriteBackup): BoundRoute[] {
  return [
    route(contract.backup, async ({ input }) => ({ path: input.path, ...(await writeBackup(input.path)) })),
  ];
}
