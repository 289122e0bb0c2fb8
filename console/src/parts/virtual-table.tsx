import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useRef } from "react";
import { useFigures } from "../words/numbers.ts";
import { useWords } from "../words/shell.ts";

export interface Column<Row> {
  readonly title: string;
  /** A CSS grid track: `2fr`, `8rem`. */
  readonly width: string;
  readonly cell: (row: Row) => ReactNode;
  readonly numeric?: boolean;
}

export interface VirtualTableProps<Row> {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly keyOf: (row: Row) => string | number;
  readonly rowHeight?: number;
  /** Called when the end comes into sight: for lists that are loaded by and by. */
  readonly onEnd?: () => void;
}

/** A table of any length: only the rows in sight are in the page. */
export function VirtualTable<Row>(props: VirtualTableProps<Row>) {
  const { label, rows, columns, keyOf, rowHeight = 44, onEnd } = props;
  const words = useWords();
  const figures = useFigures();
  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    onChange: ({ range }) => {
      if (range !== null && range.endIndex >= rows.length - 1) onEnd?.();
    },
  });
  const tracks = { gridTemplateColumns: columns.map(({ width }) => width).join(" ") };
  return (
    <div className="virtual-table" role="table" aria-label={label} aria-rowcount={rows.length + 1}>
      <div role="rowgroup">
        <div role="row" className="head" style={tracks}>
          {columns.map(({ title, numeric }) => (
            <span role="columnheader" key={title} className={numeric ? "numeric" : undefined}>
              {title}
            </span>
          ))}
        </div>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <div role="rowgroup" className="body" ref={box} tabIndex={0}>
        <div style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start, size }) => {
            const row = rows[index] as Row;
            const place = { ...tracks, height: size, transform: `translateY(${start}px)` };
            return (
              <div role="row" key={keyOf(row)} aria-rowindex={index + 2} style={place}>
                {columns.map(({ title, cell, numeric }) => (
                  <span role="cell" key={title} className={numeric ? "numeric" : undefined}>
                    {cell(row)}
                  </span>
                ))}
              </div>
            );
          })}
        </div>
      </div>
      <p className="count">
        {rows.length === 0 ? words.nothing : words.rows(figures.number(rows.length, 0))}
      </p>
    </div>
  );
}
