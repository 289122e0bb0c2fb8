import { useMemo, useState } from "react";
import { Dialog } from "../../parts/dialog.tsx";
import { useFigures } from "../../words/numbers.ts";
import { useTrainingWords } from "../words.ts";
import { type Cell, shownMatrix } from "./confusion-matrix.ts";
import { ValidatedPictures } from "./validated-pictures.tsx";
import type { ValidationResult } from "./validation.tsx";

/** As many as a page takes; of more the ones with the most mistakes are shown. */
const MOST_CLASSES = 24;

interface ConfusionProps {
  readonly result: ValidationResult;
  readonly matrix: readonly (readonly number[])[];
}

/** What was taken for what. A cell opens the pictures behind it. */
export function Confusion({ result, matrix }: ConfusionProps) {
  const words = useTrainingWords();
  const [open, setOpen] = useState<{ truth: string; predicted: string } | null>(null);
  const { classes, cells } = useMemo(() => shownMatrix(matrix, MOST_CLASSES), [matrix]);
  const nameOf = (index: number) => result.class_names[index] ?? String(index);
  return (
    <section className="stack">
      <h2>{words.confusion}</h2>
      <p>
        {words.confusionHint}
        {classes.length < matrix.length && ` ${words.classesShown(classes.length, matrix.length)}`}
      </p>
      <div className="card scroll">
        <table className="confusion">
          <thead>
            <tr>
              <th scope="col">{words.trueThenPredicted}</th>
              {classes.map((predicted) => (
                <th scope="col" key={predicted}>
                  <span>{nameOf(predicted)}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {classes.map((truth, row) => (
              <tr key={truth}>
                <th scope="row">{nameOf(truth)}</th>
                {classes.map((predicted, column) => (
                  <MatrixCell
                    key={predicted}
                    cell={cells[row]?.[column] ?? { count: 0, share: 0 }}
                    isRight={truth === predicted}
                    label={words.cell(nameOf(truth), nameOf(predicted))}
                    onOpen={() => setOpen({ truth: nameOf(truth), predicted: nameOf(predicted) })}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {open !== null && (
        <Dialog title={words.cell(open.truth, open.predicted)} onClose={() => setOpen(null)} wide>
          <ValidatedPictures id={result.id} truth={open.truth} predicted={open.predicted} sort="loss" />
        </Dialog>
      )}
    </section>
  );
}

interface MatrixCellProps {
  readonly cell: Cell;
  readonly isRight: boolean;
  readonly label: string;
  readonly onOpen: () => void;
}

/** Light enough for its text whatever the share. */
const DARKEST = 42;

function MatrixCell({ cell: { count, share }, isRight, label, onOpen }: MatrixCellProps) {
  const figures = useFigures();
  const colour = isRight ? "var(--accent)" : "var(--bad)";
  const background = `color-mix(in srgb, ${colour} ${DARKEST * share}%, var(--surface))`;
  return (
    <td style={{ background }}>
      {count === 0 ? (
        <span className="none">0</span>
      ) : (
        <button
          type="button"
          className="quiet"
          onClick={onOpen}
          title={`${label}: ${figures.percent(share)}`}
          aria-label={`${label}: ${count}`}
        >
          {figures.number(count, 0)}
        </button>
      )}
    </td>
  );
}
