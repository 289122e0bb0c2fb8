import { useEffect, useRef } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";

export interface Series {
  readonly label: string;
  readonly values: readonly (number | null)[];
  readonly dashed?: boolean;
}

export interface LineChartProps {
  /** Said to those who do not see the chart; put the figures into a table besides. */
  readonly label: string;
  readonly xLabel: string;
  readonly x: readonly number[];
  readonly series: readonly Series[];
  readonly height?: number;
  readonly logarithmic?: boolean;
  /** Draws x as time (seconds since 1970). */
  readonly time?: boolean;
}

const COLOURS = ["--series-1", "--series-2", "--series-3", "--series-4"];

/** 0.0005 as it is: the library's own way stops at the third decimal. */
const short = (tick: number | null) => (tick === null ? "" : String(Number(tick.toPrecision(6))));

/** Curves of up to hundreds of thousands of points; drag to zoom, double click to see all. */
export function LineChart(props: LineChartProps) {
  const { label, xLabel, x, series, height = 240, logarithmic = false, time = false } = props;
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | null>(null);
  const names = series.map(({ label: name, dashed }) => `${name}${dashed ? "-" : ""}`).join("|");
  const data = [x, ...series.map(({ values }) => values)] as unknown as uPlot.AlignedData;
  const latest = useRef(data);
  latest.current = data;

  // biome-ignore lint/correctness/useExhaustiveDependencies: `names` stands for the series, whose values change often
  useEffect(() => {
    const element = box.current!;
    const colour = (name: string) => getComputedStyle(element).getPropertyValue(name).trim();
    const axis = () => ({ stroke: colour("--text-soft"), grid: { stroke: colour("--line") } });
    chart.current = new uPlot(
      {
        width: element.clientWidth,
        height,
        scales: {
          x: { time, range: (_chart, from, to) => around(from, to, time) },
          ...(logarithmic ? { y: { distr: 3 as const } } : {}),
        },
        axes: [
          { ...axis(), label: xLabel },
          { ...axis(), size: 64, values: (_chart, ticks) => ticks.map(short) },
        ],
        series: [
          { label: xLabel },
          ...series.map(({ label: name, dashed }, index) => ({
            label: name,
            stroke: colour(COLOURS[index % COLOURS.length] as string),
            width: 1.5,
            dash: dashed ? [6, 4] : undefined,
            spanGaps: true,
          })),
        ],
      },
      latest.current,
      element,
    );
    const observer = new ResizeObserver(() => chart.current?.setSize({ width: element.clientWidth, height }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      chart.current?.destroy();
    };
  }, [names, height, logarithmic, time, xLabel]);

  useEffect(() => chart.current?.setData(data));

  return <div className="line-chart" ref={box} role="img" aria-label={label} />;
}

const HALF_A_DAY_S = 43_200;

/** The range as it is; some room on both sides of a single point. */
function around(from: number, to: number, time: boolean): [number, number] {
  const room = time ? HALF_A_DAY_S : 0.5;
  return from === to ? [from - room, to + room] : [from, to];
}
