import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import * as contract from "../../../../src/contracts/training/index.ts";
import { useClient } from "../../api/session.tsx";
import { Field } from "../../parts/field.tsx";
import { Loaded } from "../../parts/loaded.tsx";
import { MorePictures } from "../more-pictures.tsx";
import { PictureGrid } from "../picture-grid.tsx";
import { type Dataset, KEYS } from "../queries.ts";
import { useTrainingWords } from "../words.ts";

const AT_ONCE = 48;

/** The dataset's pictures with their labels, of one class or split where that is chosen. */
export function Samples({ dataset }: { readonly dataset: Dataset }) {
  const words = useTrainingWords();
  const client = useClient();
  const [label, setLabel] = useState("");
  const [split, setSplit] = useState("");
  const images = useInfiniteQuery({
    queryKey: [...KEYS.dataset(dataset.id), "images", label, split],
    initialPageParam: 0,
    queryFn: ({ pageParam }) =>
      client.call(contract.datasetImages, {
        dataset_id: dataset.id,
        skip: pageParam,
        limit: AT_ONCE,
        label: label === "" ? undefined : label,
        split: split === "" ? undefined : split,
      }),
    getNextPageParam: ({ skip, images: list, total }) =>
      skip + list.length < total ? skip + list.length : undefined,
    placeholderData: (shown) => shown,
  });
  return (
    <section className="stack">
      <h2>{words.samples}</h2>
      <div className="filters">
        <Choice label={words.class} value={label} options={dataset.classes} onChoose={setLabel} />
        <Choice
          label={words.split}
          value={split}
          options={Object.keys(dataset.split_distribution)}
          nameOf={words.splitName}
          onChoose={setSplit}
        />
      </div>
      <Loaded query={images}>
        {({ pages }) => (
          <MorePictures total={pages[0]?.total ?? 0} query={images}>
            <PictureGrid
              pictures={pages
                .flatMap((page) => page.images)
                .map(({ path, url, label: name, split: part, problem }) => ({
                  key: path,
                  name: path,
                  url,
                  caption: (
                    <small className={problem ? "bad" : undefined}>
                      {problem ?? [name, part && words.splitName(part)].filter(Boolean).join(" · ")}
                    </small>
                  ),
                }))}
            />
          </MorePictures>
        )}
      </Loaded>
    </section>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly string[];
  readonly nameOf?: (option: string) => string;
  readonly onChoose: (option: string) => void;
}

function Choice({ label, value, options, nameOf, onChoose }: ChoiceProps) {
  const words = useTrainingWords();
  return (
    <Field label={label}>
      <select value={value} onChange={(event) => onChoose(event.target.value)}>
        <option value="">{words.all}</option>
        {options.map((option) => (
          <option key={option} value={option}>
            {nameOf?.(option) ?? option}
          </option>
        ))}
      </select>
    </Field>
  );
}
