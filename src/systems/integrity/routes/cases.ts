import { Readable } from "node:stream";
import * as contract from "../../../contracts/integrity/index.ts";
import { userError } from "../../../platform/errors/quatrain-error.ts";
import { Answer, type BoundRoute, route } from "../../../platform/http/bound-route.ts";
import { acceptedLanguage } from "../accepted-language.ts";
import { type ChangeExclusionsDeps, changeExclusions } from "../actions/change-exclusions.ts";
import { type DeleteCaseDeps, deleteCase } from "../actions/delete-case.ts";
import { csvOfCases, csvOfPairs } from "../actions/export-csv.ts";
import { findCase, findCaseText, findMeasuredCase } from "../actions/find-case.ts";
import { listCases } from "../actions/list-cases.ts";
import { actorOf } from "../actor.ts";
import { presentCase, presentExclusions, presentSummary } from "../present/case.ts";
import type { PairReader } from "../store/pair-reader.ts";

export type CaseRouteDeps = DeleteCaseDeps & ChangeExclusionsDeps & { readonly pairs: PairReader };

/** contracts/integrity.md "Obtener Caso", "Listar Casos", and what we added around a stored case. */
export function caseRoutes(deps: CaseRouteDeps): BoundRoute[] {
  return [
    route(contract.getCase, async ({ input, headers }) => {
      const { record, measurement, textKept } = await findMeasuredCase(deps, input.case_id);
      const language = acceptedLanguage(headers["accept-language"]);
      return { status: "success" as const, case: presentCase(record, measurement, textKept, language) };
    }),

    route(contract.listCases, async ({ input }) => {
      const { limit, offset, cursor, ...filters } = input;
      const page = await listCases(deps.cases, { filters, limit, offset, cursor });
      const { nivel = null, rol = null, ...others } = filters;
      return {
        status: "success" as const,
        total: page.total,
        returned: page.cases.length,
        limit: page.limit,
        offset,
        filters: { nivel, rol, ...others },
        cases: page.cases.map(presentSummary),
        next_cursor: page.nextCursor,
      };
    }),

    route(contract.deleteCase, async ({ input, principal }) => {
      await deleteCase(deps, input.case_id, actorOf(principal));
      return { status: "success" as const, deleted: true as const, case_id: input.case_id };
    }),

    route(contract.getCaseText, async ({ input }) => ({
      status: "success" as const,
      case_id: input.case_id,
      texto: await findCaseText(deps, input.case_id),
    })),

    route(contract.getCaseFile, async ({ input }) => {
      const { file } = await findCase(deps, input.case_id);
      if (file?.key == null) {
        throw userError("file_not_kept", 404, "There is no file of this case", { caseId: input.case_id });
      }
      // never shown by a browser: a foreign HTML file would run as a page of this server
      return Answer.bytes("application/octet-stream", await deps.files.open(file.key), {
        "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(file.filename)}`,
      });
    }),

    route(contract.setExclusions, async ({ input, principal }) => {
      const { case_id, same_author: sameAuthor, ...others } = input;
      const wished = { ...others, ...(sameAuthor === undefined ? {} : { sameAuthor }) };
      const { jobId, exclusions } = await changeExclusions(deps, case_id, wished, actorOf(principal));
      return new Answer(202, {
        status: "success",
        case_id,
        job_id: jobId,
        exclusions: presentExclusions(exclusions),
      });
    }),

    route(contract.exportCases, async ({ input }) => csv("casos.csv", csvOfCases(deps.cases, input))),

    route(contract.exportPairs, async ({ input }) => {
      const minShare = Number(input.min_share ?? 0);
      if (!(minShare >= 0 && minShare <= 1)) {
        throw userError("invalid_request", 400, "min_share must be a number from 0 to 1");
      }
      return csv("coincidencias.csv", csvOfPairs(deps.pairs, minShare));
    }),
  ];
}

function csv(filename: string, lines: AsyncIterable<string>): Answer {
  return Answer.bytes("text/csv; charset=utf-8", Readable.from(lines), {
    "content-disposition": `attachment; filename="${filename}"`,
  });
}
