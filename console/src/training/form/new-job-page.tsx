import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import * as contract from "../../../../src/contracts/training/index.ts";
import { useClient } from "../../api/session.tsx";
import { Loaded } from "../../parts/loaded.tsx";
import { KEYS } from "../queries.ts";
import { TrainingPage, useIsSignedIn } from "../training-page.tsx";
import { useTrainingWords } from "../words.ts";
import { JobForm } from "./job-form.tsx";

const MOST_DATASETS = 1_000;

/** A form for a new job, once the datasets and models are known. */
export function NewJobPage() {
  const words = useTrainingWords();
  const client = useClient();
  const enabled = useIsSignedIn();
  const { dataset } = useSearch({ from: "/console/training/new" });
  const known = useQuery({
    enabled,
    queryKey: [...KEYS.datasets, "available"],
    queryFn: async () => {
      const [{ datasets }, { models }] = await Promise.all([
        client.call(contract.availableDatasets, { limit: MOST_DATASETS }),
        client.call(contract.listModels, {}),
      ]);
      return { datasets, models };
    },
  });
  return (
    <TrainingPage title={words.newJob}>
      <Loaded query={known}>
        {({ datasets, models }) =>
          datasets.length === 0 ? (
            <p>{words.noDatasets}</p>
          ) : (
            <JobForm datasets={datasets} models={models} dataset={dataset ?? datasets[0]?.id ?? ""} />
          )
        }
      </Loaded>
    </TrainingPage>
  );
}
