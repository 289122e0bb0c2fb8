import * as contract from "../../../contracts/inspection/index.ts";
import { type BoundRoute, route } from "../../../platform/http/bound-route.ts";
import { requireModel } from "../actions/find-memory.ts";
import { rankSuspicious } from "../actions/rank-suspicious.ts";
import { reportCalibration } from "../actions/report-calibration.ts";
import { describeThreshold, setThreshold, type ThresholdDeps } from "../actions/set-threshold.ts";
import { presentReport, presentRun, presentSuspicious, presentThreshold } from "../present-reports.ts";
import { roiOf } from "../roi.ts";
import { doerOf } from "./doer-of.ts";
import { echoRoi } from "./echo-roi.ts";

/** How many changes the answer to a manual threshold shows. */
const SHOWN_CHANGES = 100;

/** What a calibration is worth, the threshold by hand, OK pictures that look like none. */
export function reportRoutes(deps: ThresholdDeps): BoundRoute[] {
  return [
    route(contract.listCalibrations, async ({ input, headers, requestId }) => {
      const roi = roiOf(input, headers["x-recipe-id"]);
      const inUse = await deps.reader.findCalibration(roi);
      const runs = await deps.calibrationReader.runs(inUse?.roi ?? roi, input.limit);
      const items = runs.map((run) => presentRun(run, run.id === inUse?.runId));
      return { status: "ok" as const, items, ...echoRoi(roi, requestId) };
    }),

    route(contract.calibrationReport, async ({ input, headers, requestId }) => {
      const roi = roiOf(input, headers["x-recipe-id"]);
      const report = await reportCalibration(deps, {
        roi,
        calibrationId: input.calibration_id ?? null,
        falseAlarmRate: input.target_false_alarm_rate,
        bins: input.bins,
      });
      return { ...presentReport(report, input.include_scores), ...echoRoi(roi, requestId) };
    }),

    route(contract.getThreshold, async ({ input, headers, requestId }) => {
      const roi = roiOf(input, headers["x-recipe-id"]);
      return {
        ...presentThreshold(await describeThreshold(deps, roi, input.limit)),
        ...echoRoi(roi, requestId),
      };
    }),

    route(contract.setThreshold, async ({ input, headers, requestId, principal }) => {
      const roi = roiOf(input, headers["x-recipe-id"]);
      const { threshold, note = null } = input;
      const doer = doerOf(input.operator_id, { principal, requestId });
      await setThreshold(deps, { roi, threshold, note, doer });
      const history = await describeThreshold(deps, roi, SHOWN_CHANGES);
      return { ...presentThreshold(history), ...echoRoi(roi, requestId) };
    }),

    route(contract.suspicious, async ({ input, headers, requestId }) => {
      const roi = roiOf(input, headers["x-recipe-id"]);
      const ranking = await rankSuspicious(deps, roi, await requireModel(deps.reader, roi));
      return { ...presentSuspicious(ranking), ...echoRoi(roi, requestId) };
    }),
  ];
}
