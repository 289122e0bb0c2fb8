import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import * as contract from "../../../../src/contracts/training/index.ts";
import { useClient } from "../../api/session.tsx";
import { ConfirmButton } from "../../parts/confirm-button.tsx";
import { Loaded } from "../../parts/loaded.tsx";
import { useFigures } from "../../words/numbers.ts";
import { useWords } from "../../words/shell.ts";
import { Facts } from "../facts.tsx";
import { type Dataset, KEYS } from "../queries.ts";
import { TrainingPage, useIsSignedIn } from "../training-page.tsx";
import { useTrainingWords } from "../words.ts";
import { AddFiles } from "./add-files.tsx";
import { ClassTable } from "./class-table.tsx";
import { DatasetCheck } from "./dataset-check.tsx";
import { Problems } from "./problems.tsx";
import { Samples } from "./samples.tsx";

/** One dataset: its classes, what is wrong with it, its pictures. */
export function DatasetPage() {
  const client = useClient();
  const enabled = useIsSignedIn();
  const words = useTrainingWords();
  const { datasetId } = useParams({ from: "/console/training/datasets/$datasetId" });
  const dataset = useQuery({
    enabled,
    queryKey: KEYS.dataset(datasetId),
    queryFn: () => client.call(contract.getDataset, { dataset_id: datasetId }),
  });
  return (
    <TrainingPage
      title={dataset.data?.name ?? words.dataset}
      actions={dataset.data && <DatasetActions dataset={dataset.data} />}
    >
      <Loaded query={dataset}>{(known) => <DatasetView dataset={known} />}</Loaded>
    </TrainingPage>
  );
}

function DatasetActions({ dataset }: { readonly dataset: Dataset }) {
  const words = useTrainingWords();
  const shell = useWords();
  const client = useClient();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const remove = async () => {
    await client.call(contract.deleteDataset, { dataset_id: dataset.id });
    await queries.invalidateQueries({ queryKey: KEYS.datasets });
    await navigate({ to: "/console/training/datasets" });
  };
  return (
    <>
      <Link to="/console/training/new" search={{ dataset: dataset.id }} className="button primary">
        {words.trainOnIt}
      </Link>
      <a className="button" href={`/api/v1/datasets/${encodeURIComponent(dataset.id)}/export`} download>
        {words.exportZip}
      </a>
      <ConfirmButton question={words.deleteDataset(dataset.name)} onConfirm={remove}>
        {shell.delete}
      </ConfirmButton>
    </>
  );
}

function DatasetView({ dataset }: { readonly dataset: Dataset }) {
  const words = useTrainingWords();
  const figures = useFigures();
  return (
    <div className="stack">
      <section className="card" aria-label={words.dataset}>
        <Facts
          facts={[
            [words.description, dataset.description],
            [words.format, dataset.format],
            [words.pictures, figures.number(dataset.image_count, 0)],
            [words.files, figures.number(dataset.file_count, 0)],
            [words.size, figures.bytes(dataset.total_size_bytes)],
            [words.classes, figures.number(dataset.num_classes, 0)],
            [words.visibility, words.visibilities[dataset.visibility]],
            [words.changed, figures.time(dataset.updated_at)],
          ]}
        />
      </section>
      <section>
        <h2>{words.classDistribution}</h2>
        <ClassTable dataset={dataset} />
      </section>
      <Problems dataset={dataset} />
      <DatasetCheck id={dataset.id} />
      <Samples dataset={dataset} />
      <AddFiles id={dataset.id} />
    </div>
  );
}
