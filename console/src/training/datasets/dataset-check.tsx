import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { AnswerOf } from "../../../../src/contracts/route.ts";
import * as contract from "../../../../src/contracts/training/index.ts";
import { useClient } from "../../api/session.tsx";
import { Loaded } from "../../parts/loaded.tsx";
import { Tag } from "../../parts/tag.tsx";
import { useFigures } from "../../words/numbers.ts";
import { PictureGrid } from "../picture-grid.tsx";
import { KEYS } from "../queries.ts";
import { useTrainingWords } from "../words.ts";

type Check = AnswerOf<typeof contract.checkDataset>;

const GROUPS_SHOWN = 50;
/** Largest class over smallest, from which on it is worth a word. */
const UNEVEN = 1.5;

/** Looks for pictures that are there twice, above all on both sides of the split; asked for, since it takes a while. */
export function DatasetCheck({ id }: { readonly id: string }) {
  const words = useTrainingWords();
  const client = useClient();
  const [asked, setAsked] = useState(false);
  const check = useQuery({
    queryKey: [...KEYS.dataset(id), "check"],
    queryFn: () => client.call(contract.checkDataset, { dataset_id: id }),
    enabled: asked,
  });
  return (
    <section className="stack">
      <h2>{words.duplicates}</h2>
      {asked ? (
        <Loaded query={check}>{(report) => <Report id={id} report={report} />}</Loaded>
      ) : (
        <p>
          <button type="button" onClick={() => setAsked(true)}>
            {words.lookForDuplicates}
          </button>
        </p>
      )}
    </section>
  );
}

function Report({ id, report }: { readonly id: string; readonly report: Check }) {
  const words = useTrainingWords();
  const figures = useFigures();
  const { duplicates, duplicate_count: count, across_split_count: across, imbalance_ratio: ratio } = report;
  return (
    <>
      <p role="status">
        {count === 0
          ? words.noDuplicates
          : words.duplicatesFound(figures.number(count, 0), figures.number(across, 0))}{" "}
        {ratio !== null && ratio >= UNEVEN && words.imbalance(figures.number(ratio, 1))}
      </p>
      {duplicates.slice(0, GROUPS_SHOWN).map(({ paths, across_split, exact }) => (
        <div className="card" key={paths.join("\n")}>
          <p>
            <Tag tone={across_split ? "bad" : "warn"}>
              {across_split ? words.acrossSplit : words.withinSplit}
            </Tag>{" "}
            <Tag>{exact ? words.exactCopy : words.looksAlike}</Tag>
          </p>
          <PictureGrid
            pictures={paths
              .slice(0, 12)
              .map((path) => ({ key: path, name: path, url: fileAddress(id, path) }))}
          />
        </div>
      ))}
    </>
  );
}

function fileAddress(id: string, path: string): string {
  const inside = path.split("/").map(encodeURIComponent).join("/");
  return `/api/v1/datasets/${encodeURIComponent(id)}/file/${inside}`;
}
