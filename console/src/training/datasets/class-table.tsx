import { type Column, VirtualTable } from "../../parts/virtual-table.tsx";
import { useFigures } from "../../words/numbers.ts";
import type { Dataset } from "../queries.ts";
import { Share } from "../share.tsx";
import { useTrainingWords } from "../words.ts";

const ROW_HEIGHT = 36;

interface Row {
  readonly name: string;
  readonly count: number;
}

/** How many pictures each class has, in all and in each split. */
export function ClassTable({ dataset }: { readonly dataset: Dataset }) {
  const words = useTrainingWords();
  const figures = useFigures();
  const { classes, class_distribution: counts, split_distribution: splits } = dataset;
  const rows = classes.map((name) => ({ name, count: counts[name] ?? 0 }));
  const most = Math.max(1, ...Object.values(counts));
  const columns: readonly Column<Row>[] = [
    { title: words.class, width: "minmax(8rem, 1fr)", cell: ({ name }) => name },
    {
      title: words.pictures,
      width: "minmax(10rem, 2fr)",
      cell: ({ count }) => <Share share={count / most} text={figures.number(count, 0)} />,
    },
    ...Object.entries(splits).map(([split, ofSplit]) => ({
      title: words.splitName(split),
      width: "7rem",
      numeric: true,
      cell: ({ name }: Row) => figures.number(ofSplit[name] ?? 0, 0),
    })),
  ];
  return (
    <div className="card scroll">
      <VirtualTable
        label={words.classDistribution}
        rows={rows}
        columns={columns}
        keyOf={({ name }) => name}
        rowHeight={ROW_HEIGHT}
      />
    </div>
  );
}
