import * as contract from "../../../contracts/integrity/index.ts";
import { Answer, type BoundRoute, route } from "../../../platform/http/bound-route.ts";
import { acceptedLanguage } from "../accepted-language.ts";
import { type MakeReportDeps, makeReport } from "../actions/make-report.ts";
import { appealCase, decideCase, type ReviewDeps, reviewsOf } from "../actions/review-case.ts";
import { verifyAudit } from "../actions/verify-audit.ts";
import { personOf } from "../actor.ts";
import { presentAuditEntry, presentReviewed } from "../present/reviews.ts";
import type { AuditReader } from "../store/audit-reader.ts";

export type ReviewRouteDeps = ReviewDeps & MakeReportDeps & { readonly audit: AuditReader };

/** A person's decision, the report that it rests on, and the trail of who did what. */
export function reviewRoutes(deps: ReviewRouteDeps): BoundRoute[] {
  return [
    route(contract.decide, async ({ input, principal }) => {
      const { case_id, decision, notas } = input;
      const reviewed = await decideCase(deps, case_id, { decision, notes: notas }, personOf(principal));
      return presentReviewed(case_id, reviewed);
    }),

    route(contract.appeal, async ({ input, principal }) => {
      const reviewed = await appealCase(deps, input.case_id, input.motivo, personOf(principal));
      return presentReviewed(input.case_id, reviewed);
    }),

    route(contract.listReviews, async ({ input }) =>
      presentReviewed(input.case_id, await reviewsOf(deps, input.case_id)),
    ),

    route(contract.getReport, async ({ input, headers, signal }) => {
      const language = input.lang ?? acceptedLanguage(headers["accept-language"]);
      const report = await makeReport(
        deps,
        { caseId: input.case_id, format: input.format, language },
        signal,
      );
      const disposition = input.format === "pdf" ? "attachment" : "inline";
      return Answer.bytes(report.contentType, report.bytes, {
        "content-disposition": `${disposition}; filename="${input.case_id}.${input.format}"`,
        "content-language": language,
        // the text of a case is somebody else's: nothing in it may run or fetch
        "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox",
      });
    }),

    route(contract.listAudit, async ({ input }) => ({
      status: "success" as const,
      entries: (await deps.audit.entries(input.after, input.limit, input.subject)).map(presentAuditEntry),
    })),

    route(contract.verifyAudit, async ({ signal }) => {
      const { brokenAt, ...verdict } = await verifyAudit(deps.audit, signal);
      return { status: "success" as const, ...verdict, broken_at: brokenAt };
    }),
  ];
}
