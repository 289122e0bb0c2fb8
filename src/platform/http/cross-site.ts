import type { IncomingHttpHeaders } from "node:http";
import { userError } from "../errors/quatrain-error.ts";

/**
 * A page of another site, open in somebody's browser, may post forms to this machine without asking first. Where no
 * credential stands in its way, the browser's own word does: programs do not send `Sec-Fetch-Site`, browsers always do.
 *
 * @param corsOrigins the origins that the system lets in, `*` for all
 * @throws QuatrainError `cross_site` (403)
 */
export function refuseCrossSite(headers: IncomingHttpHeaders, corsOrigins: readonly string[]): void {
  const site = headers["sec-fetch-site"];
  if (site === undefined || site === "same-origin" || site === "none") return;
  if (corsOrigins.includes("*") || corsOrigins.includes(headers.origin ?? "")) return;
  throw userError(
    "cross_site",
    403,
    `Pages of ${headers.origin ?? "another site"} may not do this: add the origin to the system's CORS setting, or send a credential`,
  );
}
