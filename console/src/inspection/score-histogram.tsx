import { useFigures } from "../words/numbers.ts";
import type { Report } from "./calibration-report.tsx";
import { useInspectionWords } from "./words.ts";

export interface ScoreHistogramProps {
  readonly histogram: NonNullable<Report["histogram"]>;
  readonly threshold: number;
}

const [WIDTH, HEIGHT, FLOOR] = [600, 180, 160];

/** Good pictures' scores upwards in one colour, bad ones' in another, side by side in each bin; a line at the threshold. */
export function ScoreHistogram({ histogram: { edges, ok, ng }, threshold }: ScoreHistogramProps) {
  const words = useInspectionWords();
  const figures = useFigures();
  const [from, to] = [edges[0] ?? 0, edges.at(-1) ?? 1];
  const x = (value: number) => (to > from ? ((value - from) / (to - from)) * WIDTH : WIDTH / 2);
  const most = Math.max(1, ...ok, ...ng);
  const bar = WIDTH / Math.max(1, ok.length);
  const bars = (counts: readonly number[], side: number, name: string) =>
    counts.map((count, bin) => {
      const height = (count / most) * FLOOR;
      const left = bin * bar + bar * (0.08 + 0.44 * side);
      return (
        <rect
          key={`${name}-${bin.toString()}`}
          className={name}
          x={left}
          y={FLOOR - height}
          width={bar * 0.4}
          height={height}
        />
      );
    });
  return (
    <figure className="score-histogram">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={words.histogram}>
        {bars(ok, 0, "good")}
        {bars(ng, 1, "bad")}
        <line className="floor" x1={0} x2={WIDTH} y1={FLOOR} y2={FLOOR} />
        <line className="threshold" x1={x(threshold)} x2={x(threshold)} y1={0} y2={FLOOR} />
        <text x={0} y={HEIGHT - 4}>
          {figures.number(from, 3)}
        </text>
        <text x={WIDTH} y={HEIGHT - 4} textAnchor="end">
          {figures.number(to, 3)}
        </text>
      </svg>
      <figcaption>
        <span className="key good" /> {words.good} <span className="key bad" /> {words.bad}
      </figcaption>
    </figure>
  );
}
