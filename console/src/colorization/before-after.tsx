import { type MouseEvent, useRef, useState } from "react";
import { colourAt, naturalPlace, type Point } from "./picture-point.ts";
import { useColorizationWords } from "./words.ts";

export interface BeforeAfterProps {
  readonly before: string;
  readonly after: string;
  /** Shown on the picture, in its own pixels. */
  readonly marks: readonly Point[];
  /** A click into the picture; the colour is the result's there. */
  readonly onPoint: (point: Point) => void;
}

/** Two pictures of one size, one above the other; a slider says where one ends and the other begins. */
export function BeforeAfter({ before, after, marks, onPoint }: BeforeAfterProps) {
  const words = useColorizationWords();
  const result = useRef<HTMLImageElement>(null);
  const [border, setBorder] = useState(0);
  const [size, setSize] = useState<{ width: number; height: number } | null>(null);
  const click = (event: MouseEvent) => {
    const picture = result.current;
    if (picture === null || size === null) return;
    const place = naturalPlace({ x: event.clientX, y: event.clientY }, picture.getBoundingClientRect(), size);
    onPoint({ ...place, colour: colourAt(picture, place.x, place.y) });
  };
  return (
    <div className="before-after">
      <label>
        <span className="visually-hidden">{words.slider}</span>
        <input
          type="range"
          min={0}
          max={100}
          value={border}
          onChange={(event) => setBorder(Number(event.target.value))}
        />
      </label>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the fields beside it take places from the keyboard */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the same */}
      <div className="pictures" onClick={click}>
        <img
          ref={result}
          src={after}
          alt={words.compare}
          onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) =>
            setSize({ width, height })
          }
        />
        <img src={before} alt="" style={{ clipPath: `inset(0 ${100 - border}% 0 0)` }} />
        {border > 0 && <span className="border" style={{ left: `${border}%` }} />}
        {size !== null &&
          marks.map(({ x, y, colour }, index) => (
            <span
              key={`${x}-${y}-${index.toString()}`}
              className="mark"
              style={{
                left: `${(x / size.width) * 100}%`,
                top: `${(y / size.height) * 100}%`,
                background: colour,
              }}
            />
          ))}
      </div>
    </div>
  );
}
