import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import * as contract from "../../../../src/contracts/training/index.ts";
import { useClient } from "../../api/session.tsx";
import { Loaded } from "../../parts/loaded.tsx";
import { Tag } from "../../parts/tag.tsx";
import { useFigures } from "../../words/numbers.ts";
import { MorePictures } from "../more-pictures.tsx";
import { PictureGrid } from "../picture-grid.tsx";
import { useTrainingWords } from "../words.ts";

const AT_ONCE = 24;

interface ValidatedPicturesProps {
  /** Of the validation. */
  readonly id: number;
  readonly title?: string;
  readonly truth?: string;
  readonly predicted?: string;
  readonly sort: "loss" | "confidence";
  /** Whether right ones can be left out. */
  readonly canFilter?: boolean;
}

/** Pictures of a validation with what they were taken for. */
export function ValidatedPictures(props: ValidatedPicturesProps) {
  const { id, title, truth, predicted, sort, canFilter = false } = props;
  const words = useTrainingWords();
  const figures = useFigures();
  const client = useClient();
  const [onlyMistakes, setOnlyMistakes] = useState(false);
  const images = useInfiniteQuery({
    queryKey: ["training", "validated", id, truth, predicted, sort, onlyMistakes],
    initialPageParam: 0,
    queryFn: ({ pageParam }) =>
      client.call(contract.validationImages, {
        validation_result_id: id,
        skip: pageParam,
        limit: AT_ONCE,
        true_label: truth,
        predicted_label: predicted,
        is_correct: onlyMistakes ? false : undefined,
        sort,
      }),
    getNextPageParam: ({ skip, images: list, total }) =>
      skip + list.length < total ? skip + list.length : undefined,
    placeholderData: (shown) => shown,
  });
  return (
    <section className="stack">
      {title !== undefined && <h2>{title}</h2>}
      {canFilter && (
        <label className="inline">
          <input
            type="checkbox"
            checked={onlyMistakes}
            onChange={(event) => setOnlyMistakes(event.target.checked)}
          />
          {words.onlyMistakes}
        </label>
      )}
      <Loaded query={images}>
        {({ pages }) => (
          <MorePictures total={pages[0]?.total ?? 0} query={images}>
            <PictureGrid
              pictures={pages
                .flatMap((page) => page.images)
                .map((image) => ({
                  key: image.id,
                  name: image.image_name,
                  url: image.url,
                  caption: (
                    <>
                      <small>
                        {image.is_correct
                          ? image.true_label
                          : words.takenFor(image.true_label, image.predicted_label)}
                      </small>
                      <Tag tone={image.is_correct ? "good" : "bad"}>{figures.percent(image.confidence)}</Tag>
                    </>
                  ),
                }))}
            />
          </MorePictures>
        )}
      </Loaded>
    </section>
  );
}
