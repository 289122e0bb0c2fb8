import * as contract from "../../../contracts/integrity/index.ts";
import { type BoundRoute, type RouteRequest, route } from "../../../platform/http/bound-route.ts";
import { acceptedLanguage } from "../accepted-language.ts";
import { type AddCaseDeps, type AnalysedCase, addCase } from "../actions/add-case.ts";
import { type AnalyseFileDeps, analyseFile } from "../actions/analyse-file.ts";
import { nameSources } from "../actions/name-sources.ts";
import { actorOf } from "../actor.ts";
import { readFormSubmission } from "../form-submission.ts";
import { presentAnalysis } from "../present/case.ts";
import { readSubmission } from "../submission.ts";

export interface AnalyseRouteDeps extends AddCaseDeps, AnalyseFileDeps {
  readonly settings: AddCaseDeps["settings"] & { readonly maxTextLength: number };
}

/** contracts/integrity.md "Analizar Documento"; spec/integrity.md section 5, `POST /api/analyze/file`. */
export function analyseRoutes(deps: AnalyseRouteDeps): BoundRoute[] {
  const { maxTextLength } = deps.settings;

  const answer = async (
    analysed: AnalysedCase,
    warnings: readonly string[],
    { headers }: Pick<RouteRequest, "headers">,
  ) => {
    const measurement = await nameSources(deps.documents, analysed.measurement);
    return presentAnalysis(analysed, measurement, warnings, acceptedLanguage(headers["accept-language"]));
  };

  return [
    route(contract.analyze, async (request) => {
      const { strict, ...sent } = request.input;
      const submission = readSubmission(sent, { maxTextLength, strict: isOn(strict) });
      const added = { submission, actor: actorOf(request.principal) };
      return answer(await addCase(deps, added, request.signal), submission.warnings, request);
    }),

    route(contract.analyzeFile, async (request) => {
      const { strict, ...fields } = request.input;
      const sent = readFormSubmission(fields);
      const rules = { maxTextLength, strict: isOn(strict) };
      const actor = actorOf(request.principal);
      const analysed = await analyseFile(deps, request.files.file[0]!, sent, rules, actor, request.signal);
      return answer(analysed, analysed.warnings, request);
    }),
  ];
}

function isOn(word: string | undefined): boolean {
  return word !== undefined && ["1", "true", "yes"].includes(word.toLowerCase());
}
