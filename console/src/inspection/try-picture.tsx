import { type PointerEvent, useState } from "react";
import { HeatLayer } from "./heat-layer.tsx";
import { draggedShape, type MaskKind, type MaskShape, outlineOf } from "./mask-shape.ts";
import type { Inference } from "./try-part.tsx";
import { useInspectionWords } from "./words.ts";

export interface TryPictureProps {
  readonly url: string;
  /** What is drawn by dragging or clicking; null for nothing. */
  readonly kind: MaskKind | null;
  readonly shape: MaskShape | null;
  readonly answer: Inference | null;
  /** Of the heat, 0..1. */
  readonly opacity: number;
  /** Index of the region that is highlighted. */
  readonly chosen: number | null;
  readonly onDraw: (shape: MaskShape) => void;
  readonly onChoose: (region: number) => void;
}

interface XY {
  readonly x: number;
  readonly y: number;
}

/** The picture with its heat, its regions and the mask; the mask is drawn on it. */
export function TryPicture(props: TryPictureProps) {
  const { url, kind, shape, answer, opacity, chosen, onDraw, onChoose } = props;
  const words = useInspectionWords();
  const [size, setSize] = useState({ width: 1, height: 1 });
  const [from, setFrom] = useState<XY | null>(null);
  const [corners, setCorners] = useState<readonly XY[]>([]);
  const at = (event: PointerEvent<SVGSVGElement>): XY => {
    const box = event.currentTarget.getBoundingClientRect();
    const along = (value: number, start: number, length: number, full: number) =>
      Math.round(((value - start) / length) * full);
    return {
      x: along(event.clientX, box.left, box.width, size.width),
      y: along(event.clientY, box.top, box.height, size.height),
    };
  };
  const press = (event: PointerEvent<SVGSVGElement>) => {
    if (kind === null) return;
    if (kind !== "polygon") return setFrom(at(event));
    const next = [...corners, at(event)];
    setCorners(event.detail >= 2 ? [] : next);
    if (next.length >= 3) onDraw({ kind, points: next.map(({ x, y }) => [x, y] as const) });
  };
  const move = (event: PointerEvent<SVGSVGElement>) => {
    if (from !== null && kind !== null && kind !== "polygon") onDraw(draggedShape(kind, from, at(event)));
  };
  const whole = `M0 0h${size.width}v${size.height}h${-size.width}Z`;
  return (
    <div className="try-picture">
      <img
        src={url}
        alt={words.tryOut}
        onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) =>
          setSize({ width, height })
        }
      />
      {answer?.heatmap_png_base64 && <HeatLayer base64={answer.heatmap_png_base64} opacity={opacity} />}
      <svg
        viewBox={`0 0 ${size.width} ${size.height}`}
        aria-label={words.regions}
        role="img"
        className={kind === null ? undefined : "drawing"}
        onPointerDown={press}
        onPointerMove={move}
        onPointerUp={() => setFrom(null)}
        onPointerLeave={() => setFrom(null)}
      >
        {shape !== null && <path className="outside" d={whole + outlineOf(shape)} fillRule="evenodd" />}
        {answer?.regions.map(({ contour, bbox }, index) => (
          <path
            key={bbox.join()}
            className={index === chosen ? "region chosen" : "region"}
            d={outlineOf({ kind: "polygon", points: contour.map(([x = 0, y = 0]) => [x, y] as const) })}
            onPointerDown={() => onChoose(index)}
          />
        ))}
      </svg>
    </div>
  );
}
