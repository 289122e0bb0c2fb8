import { isAbsolute } from "node:path";
import * as contract from "../../../contracts/platform/index.ts";
import { userError } from "../../errors/quatrain-error.ts";
import { type BoundRoute, route } from "../bound-route.ts";

/** Writes a backup; yields what it holds. */
export type WriteBackup = (path: string) => Promise<{ readonly bytes: number; readonly files: number }>;

export function maintenanceRoutes(writeBackup: WriteBackup): BoundRoute[] {
  return [
    route(contract.backup, async ({ input: { path } }) => {
      if (!isAbsolute(path)) throw userError("invalid_path", 400, `"${path}" is not an absolute path`);
      return { path, ...(await writeBackup(path)) };
    }),
  ];
}
