import { type Confusion, f1Of } from "../../algorithms/anomaly/threshold-report.ts";
import { SUSPICIOUS_RULE, type SuspiciousRanking } from "./actions/rank-suspicious.ts";
import type { CalibrationReport } from "./actions/report-calibration.ts";
import type { ThresholdHistory } from "./actions/set-threshold.ts";
import type { RunSummary } from "./store/calibration-reader.ts";
import type { ThresholdChange } from "./store/run-record.ts";

/* Reports to JSON, in the contract's style. */

const utc = (at: number) => new Date(at).toISOString();

export function presentRun(run: RunSummary, inUse: boolean) {
  return {
    calibration_id: run.id,
    origin: run.origin,
    in_use: inUse,
    created_at_utc: utc(run.createdAt),
    operator_id: run.operatorId,
    model_version: run.modelVersion,
    threshold: run.threshold,
    computed_threshold: run.computedThreshold,
    score_percentile: run.scorePercentile,
    ok_mean: run.okMean,
    ng_mean: run.ngMean,
    p99_ok: run.okPercentile,
    p5_ng: run.ngPercentile5,
    n_ok: run.okCount,
    n_ng: run.ngCount,
  };
}

function presentConfusion(confusion: Confusion) {
  const { truePositives, falseNegatives, falsePositives, trueNegatives } = confusion;
  const [ng, ok] = [truePositives + falseNegatives, falsePositives + trueNegatives];
  return {
    true_positives: truePositives,
    false_negatives: falseNegatives,
    false_positives: falsePositives,
    true_negatives: trueNegatives,
    false_alarm_rate: ok === 0 ? null : falsePositives / ok,
    detection_rate: ng === 0 ? null : truePositives / ng,
    f1: ng === 0 ? null : f1Of(confusion),
  };
}

export function presentReport(report: CalibrationReport, withScores: boolean) {
  const { run, confusion, bestF1: best, falseAlarm, histogram } = report;
  return {
    status: "ok" as const,
    ...presentRun(run, report.inUse),
    auroc: report.auroc,
    confusion: confusion === null ? null : presentConfusion(confusion),
    best_f1:
      best === null ? null : { threshold: best.threshold, confusion: presentConfusion(best.confusion) },
    false_alarm_target:
      falseAlarm === null
        ? null
        : {
            rate: falseAlarm.rate,
            threshold: falseAlarm.threshold,
            confusion: presentConfusion(falseAlarm.confusion),
          },
    histogram:
      histogram === null
        ? null
        : { edges: [...histogram.edges], ok: [...histogram.ok], ng: [...histogram.ng] },
    scores:
      withScores && run.scores !== null
        ? run.scores.map(({ label, filename, score, seen }) => ({
            label,
            filename,
            score,
            decision: score > run.threshold ? ("ng" as const) : ("ok" as const),
            left_out: !seen,
          }))
        : null,
    warnings: [...report.warnings],
  };
}

function presentChange(change: ThresholdChange) {
  return {
    at_utc: utc(change.at),
    reason: change.reason,
    from: change.from,
    to: change.to,
    operator_id: change.operatorId,
    actor: change.actor,
    note: change.note,
    model_version: change.modelVersion,
  };
}

export function presentThreshold({ calibration, changes }: ThresholdHistory) {
  return {
    status: "ok" as const,
    threshold: calibration.threshold,
    calibration_id: calibration.runId,
    history: changes.map(presentChange),
  };
}

export function presentSuspicious({ run, model, items, warnings }: SuspiciousRanking) {
  return {
    status: "ok" as const,
    rule: SUSPICIOUS_RULE,
    calibration_id: run.id,
    model_version: model.version,
    n_ok: items.length,
    n_suspicious: items.filter(({ suspicious }) => suspicious).length,
    items: items.map((item) => ({ ...item })),
    warnings: [...warnings],
  };
}
