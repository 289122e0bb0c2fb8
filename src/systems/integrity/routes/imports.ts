import * as contract from "../../../contracts/integrity/index.ts";
import { type BoundRoute, route } from "../../../platform/http/bound-route.ts";
import { type ImportDeps, importCases } from "../actions/import-cases.ts";
import { actorOf } from "../actor.ts";

/** Cases of an older server: spec/integrity.md section 5, last paragraph. */
export function importRoutes(deps: ImportDeps): BoundRoute[] {
  return [
    route(contract.importCases, async ({ input, principal }) => {
      const { imported, alreadyHere, refused } = await importCases(deps, input.casos, actorOf(principal));
      return {
        status: "success" as const,
        imported,
        already_here: alreadyHere,
        refused: refused.map(({ caseId, error }) => ({ case_id: caseId, error })),
      };
    }),
  ];
}
