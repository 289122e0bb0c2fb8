import type { RouteRequest } from "../../../platform/http/bound-route.ts";
import type { Doer } from "../audit.ts";

/** Who asks: the operator that the request names, and the credential that it came with. */
export function doerOf(
  operatorId: string | null | undefined,
  { principal, requestId }: Pick<RouteRequest, "principal" | "requestId">,
): Doer {
  return { operatorId: operatorId?.trim() || null, actor: principal.name, requestId };
}
