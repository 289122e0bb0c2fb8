import { useMemo } from "react";
import { type Column, VirtualTable } from "../../parts/virtual-table.tsx";
import { useFigures } from "../../words/numbers.ts";
import { useTrainingWords } from "../words.ts";
import { figureNames, figureOf } from "./curve-series.ts";
import type { EpochRow } from "./live-news.ts";

const ROW_HEIGHT = 36;

/** The curves' figures as numbers, newest epoch first. */
export function EpochTable({ rows }: { readonly rows: readonly EpochRow[] }) {
  const words = useTrainingWords();
  const figures = useFigures();
  const newestFirst = useMemo(() => rows.toReversed(), [rows]);
  const columns: readonly Column<EpochRow>[] = [
    { title: words.epoch, width: "5rem", numeric: true, cell: ({ epoch }) => figures.number(epoch, 0) },
    ...figureNames(rows).map((name) => ({
      title: words.figureName(name),
      width: "minmax(7rem, 1fr)",
      numeric: true,
      cell: (row: EpochRow) => {
        const value = figureOf(row, name);
        return value === null ? "" : figures.number(value, name === "learning_rate" ? 8 : 4);
      },
    })),
  ];
  return (
    <details className="card">
      <summary>{words.asNumbers}</summary>
      <div className="scroll">
        <VirtualTable
          label={words.asNumbers}
          rows={newestFirst}
          columns={columns}
          keyOf={({ epoch }) => epoch}
          rowHeight={ROW_HEIGHT}
        />
      </div>
    </details>
  );
}
