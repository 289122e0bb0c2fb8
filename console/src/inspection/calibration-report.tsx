import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import * as contract from "../../../src/contracts/inspection/index.ts";
import type { AnswerOf } from "../../../src/contracts/route.ts";
import { useSession } from "../api/session.tsx";
import { ActionButton } from "../parts/action-button.tsx";
import { Field } from "../parts/field.tsx";
import { useFigures } from "../words/numbers.ts";
import type { RoiPlace } from "./place.ts";
import { ScoreHistogram } from "./score-histogram.tsx";
import { countsAt } from "./threshold-counts.ts";
import { useInspectionWords } from "./words.ts";
import { WrongPictures } from "./wrong-pictures.tsx";

export type Report = AnswerOf<typeof contract.calibrationReport>;

export interface CalibrationReportProps {
  readonly report: Report;
  readonly place: RoiPlace;
}

const STEPS = 500;

/** What the calibration is worth; a slider shows what another threshold would do before it is set. */
export function CalibrationReport({ report, place }: CalibrationReportProps) {
  const words = useInspectionWords();
  const figures = useFigures();
  const { client, session } = useSession();
  const queries = useQueryClient();
  const [threshold, setThreshold] = useState(report.threshold);
  const [note, setNote] = useState("");
  const scores = report.scores ?? [];
  const all = [report.threshold, ...scores.map(({ score }) => score)];
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const counts = countsAt(scores, threshold);
  const set = async () => {
    await client.call(contract.setThreshold, {
      ...place,
      threshold,
      note: note || undefined,
      operator_id: session?.user?.email,
    });
    setNote("");
    await queries.invalidateQueries({ queryKey: ["inspection"] });
  };
  return (
    <section className="card stack" aria-label={words.calibration}>
      <dl className="figures">
        <div>
          <dt title={words.aurocHint}>{words.auroc}</dt>
          <dd>{report.auroc === null ? "–" : figures.number(report.auroc, 3)}</dd>
        </div>
        <div>
          <dt>{words.falseAlarms}</dt>
          <dd>{words.ofGood(counts.falseAlarms, counts.good)}</dd>
        </div>
        <div>
          <dt>{words.misses}</dt>
          <dd>{words.ofBad(counts.misses, counts.bad)}</dd>
        </div>
      </dl>
      {report.histogram !== null && <ScoreHistogram histogram={report.histogram} threshold={threshold} />}
      <Field label={`${words.threshold}: ${figures.number(threshold, 4)}`}>
        <input
          type="range"
          min={least}
          max={most}
          step={(most - least) / STEPS || 1}
          value={threshold}
          onChange={(event) => setThreshold(Number(event.target.value))}
        />
      </Field>
      <Suggestions report={report} onChoose={setThreshold} />
      <div className="set-threshold">
        <Field label={words.note}>
          <input value={note} maxLength={1_000} onChange={(event) => setNote(event.target.value)} />
        </Field>
        <ActionButton onAct={set} disabled={threshold === report.threshold || threshold <= 0}>
          {words.useThis}
        </ActionButton>
      </div>
      {report.warnings.map((warning) => (
        <p key={warning} className="tag warn">
          {warning}
        </p>
      ))}
      <WrongPictures scores={scores} threshold={threshold} place={place} />
    </section>
  );
}

interface SuggestionsProps {
  readonly report: Report;
  readonly onChoose: (threshold: number) => void;
}

function Suggestions({ report, onChoose }: SuggestionsProps) {
  const words = useInspectionWords();
  const figures = useFigures();
  const { best_f1, false_alarm_target } = report;
  const list = [
    ...(best_f1 === null ? [] : [{ name: words.bestF1, threshold: best_f1.threshold }]),
    ...(false_alarm_target === null
      ? []
      : [
          {
            name: words.targetRate(figures.percent(false_alarm_target.rate)),
            threshold: false_alarm_target.threshold,
          },
        ]),
  ];
  if (list.length === 0) return null;
  return (
    <p className="actions">
      {words.suggestions}:
      {list.map(({ name, threshold }) => (
        <button key={name} type="button" onClick={() => onChoose(threshold)}>
          {name}: {figures.number(threshold, 4)}
        </button>
      ))}
    </p>
  );
}
