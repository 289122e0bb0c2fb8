import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useEffect, useRef, useState } from "react";

export interface VirtualGridProps<Item> {
  readonly label: string;
  readonly items: readonly Item[];
  readonly keyOf: (item: Item) => string;
  readonly cell: (item: Item) => ReactNode;
  /** Side of a cell in CSS pixels. */
  readonly side?: number;
}

const GAP = 8;

/** Square cells side by side, of any number: only those in sight are in the page. */
export function VirtualGrid<Item>({ label, items, keyOf, cell, side = 132 }: VirtualGridProps<Item>) {
  const box = useRef<HTMLDivElement>(null);
  const [columns, setColumns] = useState(1);
  useEffect(() => {
    const element = box.current!;
    const measure = () => setColumns(Math.max(1, Math.floor((element.clientWidth + GAP) / (side + GAP))));
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, [side]);
  const rows = useVirtualizer({
    count: Math.ceil(items.length / columns),
    getScrollElement: () => box.current,
    estimateSize: () => side + GAP,
    overscan: 3,
  });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <div className="virtual-grid" ref={box} role="region" aria-label={label} tabIndex={0}>
      <ul style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().flatMap(({ index: row, start }) =>
          items.slice(row * columns, (row + 1) * columns).map((item, column) => (
            <li
              key={keyOf(item)}
              style={{
                width: side,
                height: side,
                transform: `translate(${column * (side + GAP)}px, ${start}px)`,
              }}
            >
              {cell(item)}
            </li>
          )),
        )}
      </ul>
    </div>
  );
}
