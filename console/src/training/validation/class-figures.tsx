import { type Column, VirtualTable } from "../../parts/virtual-table.tsx";
import { useFigures } from "../../words/numbers.ts";
import { useTrainingWords } from "../words.ts";
import type { ValidationResult } from "./validation.tsx";

const ROW_HEIGHT = 36;

type Row = { readonly name: string } & ValidationResult["per_class_metrics"][string];

/** Precision, recall and so on of each class, the worst first. */
export function ClassFigures({ result }: { readonly result: ValidationResult }) {
  const words = useTrainingWords();
  const figures = useFigures();
  const rows = Object.entries(result.per_class_metrics)
    .map(([name, values]) => ({ name, ...values }))
    .sort((one, other) => one.f1 - other.f1);
  const column = (title: string, figureIn: (row: Row) => number, decimals = 3): Column<Row> => ({
    title,
    width: "minmax(7.5rem, 1fr)",
    numeric: true,
    cell: (row) => figures.number(figureIn(row), decimals),
  });
  return (
    <section className="stack">
      <h2>{words.byClass}</h2>
      <div className="card scroll">
        <VirtualTable
          label={words.byClass}
          rows={rows}
          rowHeight={ROW_HEIGHT}
          keyOf={({ name }) => name}
          columns={[
            { title: words.class, width: "minmax(8rem, 2fr)", cell: ({ name }) => name },
            column(words.figureName("precision"), ({ precision }) => precision),
            column(words.figureName("recall"), ({ recall }) => recall),
            column(words.figureName("f1"), ({ f1 }) => f1),
            column(words.averagePrecision, ({ average_precision: ap }) => ap),
            column(words.pictures, ({ support }) => support, 0),
          ]}
        />
      </div>
    </section>
  );
}
