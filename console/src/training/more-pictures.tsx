import type { ReactNode } from "react";
import { useFigures } from "../words/numbers.ts";
import { useWords } from "../words/shell.ts";
import { useTrainingWords } from "./words.ts";

interface MorePicturesProps {
  readonly total: number;
  readonly query: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    fetchNextPage(): Promise<unknown>;
  };
  readonly children: ReactNode;
}

/** Pictures that are loaded by and by: how many there are, and a button for more. */
export function MorePictures({ total, query, children }: MorePicturesProps) {
  const words = useTrainingWords();
  const shell = useWords();
  const figures = useFigures();
  return (
    <>
      <p role="status">{total === 0 ? shell.nothing : words.pictureCount(figures.number(total, 0))}</p>
      {children}
      {query.hasNextPage && (
        <p>
          <button
            type="button"
            disabled={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {words.more}
          </button>
        </p>
      )}
    </>
  );
}
