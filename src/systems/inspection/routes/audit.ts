import * as contract from "../../../contracts/inspection/index.ts";
import { type BoundRoute, route } from "../../../platform/http/bound-route.ts";
import { presentAuditEntry } from "../present-versions.ts";
import { resolveRecipe } from "../roi.ts";
import type { AuditLog } from "../store/audit-log.ts";

/** Who did what, filtered and in pages. */
export function auditRoutes({ audit }: { readonly audit: AuditLog }): BoundRoute[] {
  return [
    route(contract.audit, async ({ input, headers, requestId }) => {
      const recipe = resolveRecipe(input.recipe_id, headers["x-recipe-id"]);
      const names = input.recipe_id?.trim() || headers["x-recipe-id"];
      const filter = {
        recipeId: names ? recipe : undefined,
        roleId: input.role_id,
        roiId: input.roi_id,
        action: input.action,
        operatorId: input.operator_id,
        since: instant(input.since),
        until: instant(input.until),
        before: input.before,
      };
      // one more than asked for tells whether there is another page
      const found = await audit.entries(filter, input.limit + 1);
      const items = found.slice(0, input.limit).map(presentAuditEntry);
      return {
        status: "ok" as const,
        items,
        next_before: found.length > input.limit ? (items.at(-1)?.id ?? null) : null,
        request_id: requestId,
        recipe_id: recipe,
      };
    }),
  ];
}

function instant(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Date.parse(text);
}
