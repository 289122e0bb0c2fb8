import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import * as contract from "../../../../src/contracts/training/index.ts";
import { useClient } from "../../api/session.tsx";
import { Loaded } from "../../parts/loaded.tsx";
import { useFigures } from "../../words/numbers.ts";
import { isActive, KEYS, type TrainingJob } from "../queries.ts";
import { useTrainingWords } from "../words.ts";
import { CurveCard } from "./curve-card.tsx";
import { curvesOf, stepPlaces } from "./curve-series.ts";
import { EpochTable } from "./epoch-table.tsx";
import type { EpochRow } from "./live-news.ts";
import type { StepSeries } from "./use-live-job.ts";

const MOST_EPOCHS = 10_000;
/** More than a screen has columns; the server thins the steps out to that. */
const STEP_POINTS = 5_000;
/** The live channel tells some of the steps only: all are asked for now and then. */
const STEPS_ANEW_MS = 10_000;

interface CurvesProps {
  readonly job: TrainingJob;
  /** How often to ask where news does not come by itself. */
  readonly everyMs: number | false;
}

/** Loss, accuracy and learning rate over the epochs, and of every step where steps are known. */
export function Curves({ job, everyMs }: CurvesProps) {
  const words = useTrainingWords();
  const client = useClient();
  const [logarithmic, setLogarithmic] = useState(false);
  const metrics = useQuery<readonly EpochRow[]>({
    queryKey: KEYS.metrics(job.id),
    queryFn: () => client.call(contract.trainingMetrics, { job_id: job.id, limit: MOST_EPOCHS }),
    refetchInterval: everyMs,
  });
  const steps = useQuery<StepSeries>({
    queryKey: KEYS.steps(job.id),
    queryFn: () => client.call(contract.trainingSteps, { job_id: job.id, points: STEP_POINTS }),
    refetchInterval: isActive(job) ? STEPS_ANEW_MS : false,
  });
  const series = steps.data !== undefined && steps.data.steps.length > 0 ? steps.data : null;
  return (
    <Loaded query={metrics}>
      {(rows) =>
        rows.length === 0 && series === null ? (
          <p>{words.noFigures}</p>
        ) : (
          <div className="stack">
            <label className="inline">
              <input
                type="checkbox"
                checked={logarithmic}
                onChange={(event) => setLogarithmic(event.target.checked)}
              />
              {words.logarithmicLoss}
            </label>
            <div className="charts">
              <EpochCurves rows={rows} logarithmic={logarithmic} withRate={series === null} />
              {series !== null && <StepCurves series={series} logarithmic={logarithmic} />}
            </div>
            {rows.length > 0 && <EpochTable rows={rows} />}
          </div>
        )
      }
    </Loaded>
  );
}

interface EpochCurvesProps {
  readonly rows: readonly EpochRow[];
  readonly logarithmic: boolean;
  /** Where the steps' learning rate is not drawn. */
  readonly withRate: boolean;
}

function EpochCurves({ rows, logarithmic, withRate }: EpochCurvesProps) {
  const words = useTrainingWords();
  const x = useMemo(() => rows.map(({ epoch }) => epoch), [rows]);
  const named = (names: readonly string[]) =>
    curvesOf(rows, names).map(({ name, values }) => ({ label: words.figureName(name), values }));
  return (
    <>
      <CurveCard title={words.loss} x={x} series={named(["loss", "val_loss"])} logarithmic={logarithmic} />
      <CurveCard title={words.accuracy} x={x} series={named(["accuracy", "train_accuracy"])} />
      {withRate && <CurveCard title={words.learningRate} x={x} series={named(["learning_rate"])} />}
    </>
  );
}

interface StepCurvesProps {
  readonly series: StepSeries;
  readonly logarithmic: boolean;
}

function StepCurves({ series: { steps, total }, logarithmic }: StepCurvesProps) {
  const words = useTrainingWords();
  const figures = useFigures();
  const { x, loss, rate } = useMemo(
    () => ({
      x: stepPlaces(steps),
      loss: steps.map((step) => step.loss),
      rate: steps.map((step) => step.learning_rate),
    }),
    [steps],
  );
  const drawn = figures.number(steps.length, 0);
  return (
    <>
      <CurveCard
        title={words.lossByStep}
        x={x}
        series={[{ label: words.loss, values: loss }]}
        logarithmic={logarithmic}
        note={words.stepsShown(drawn, figures.number(Math.max(total, steps.length), 0))}
      />
      <CurveCard
        title={words.learningRateByStep}
        x={x}
        series={[{ label: words.learningRate, values: rate }]}
      />
    </>
  );
}
