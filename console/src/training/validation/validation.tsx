import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { AnswerOf } from "../../../../src/contracts/route.ts";
import * as contract from "../../../../src/contracts/training/index.ts";
import { useClient } from "../../api/session.tsx";
import { Field } from "../../parts/field.tsx";
import { Loaded } from "../../parts/loaded.tsx";
import { useFigures } from "../../words/numbers.ts";
import { Facts } from "../facts.tsx";
import { KEYS, type TrainingJob } from "../queries.ts";
import { useTrainingWords } from "../words.ts";
import { ClassFigures } from "./class-figures.tsx";
import { Confusion } from "./confusion.tsx";
import { ValidatedPictures } from "./validated-pictures.tsx";

export type ValidationResult = AnswerOf<typeof contract.validationResults>["results"][number];

/** Each carries its curves: more than these are not fetched at once. */
const NEWEST = 50;

/** How a job's model did on the pictures that it did not learn from, at one of its epochs. */
export function Validation({ job }: { readonly job: TrainingJob }) {
  const words = useTrainingWords();
  const client = useClient();
  const results = useQuery({
    queryKey: KEYS.validations(job.id),
    queryFn: async () =>
      (await client.call(contract.validationResults, { job_id: job.id, limit: NEWEST })).results,
  });
  return (
    <Loaded query={results}>
      {(list) => (list.length === 0 ? <p>{words.noValidation}</p> : <ByEpoch job={job} results={list} />)}
    </Loaded>
  );
}

interface ByEpochProps {
  readonly job: TrainingJob;
  readonly results: readonly ValidationResult[];
}

function ByEpoch({ job, results }: ByEpochProps) {
  const words = useTrainingWords();
  const figures = useFigures();
  const [chosen, setChosen] = useState<number | null>(null);
  const best = results.find(({ epoch }) => epoch === job.best_epoch);
  const result = results.find(({ id }) => id === chosen) ?? best ?? results.at(-1);
  if (result === undefined) return null;
  return (
    <div className="stack">
      <div className="filters">
        <Field label={words.epoch}>
          <select value={result.id} onChange={(event) => setChosen(Number(event.target.value))}>
            {results.toReversed().map(({ id, epoch }) => (
              <option key={id} value={id}>
                {epoch === job.best_epoch ? words.bestEpoch(epoch) : epoch}
              </option>
            ))}
          </select>
        </Field>
      </div>
      <section className="card" aria-label={words.figures}>
        <Facts
          facts={[
            ...Object.entries(result.metrics).map(
              ([name, value]) => [words.figureName(name), figures.number(value, 4)] as const,
            ),
            [words.loss, result.overall_loss === null ? null : figures.number(result.overall_loss, 4)],
            [
              words.calibrationError,
              result.calibration_error === null ? null : figures.percent(result.calibration_error),
            ],
          ]}
        />
      </section>
      {result.confusion_matrix !== null && (
        <Confusion key={result.id} result={result} matrix={result.confusion_matrix} />
      )}
      <ClassFigures result={result} />
      <ValidatedPictures id={result.id} title={words.hardest} sort="loss" canFilter />
    </div>
  );
}
