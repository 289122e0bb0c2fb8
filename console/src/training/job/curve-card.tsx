import { LineChart, type Series } from "../../parts/line-chart.tsx";
import { useTrainingWords } from "../words.ts";

interface CurveCardProps {
  readonly title: string;
  /** Epochs; parts of them for steps. */
  readonly x: readonly number[];
  readonly series: readonly Series[];
  readonly logarithmic?: boolean;
  readonly note?: string;
}

/** One chart over the epochs with its title. */
export function CurveCard({ title, x, series, logarithmic, note }: CurveCardProps) {
  const words = useTrainingWords();
  return (
    <section className="card">
      <h2>{title}</h2>
      <LineChart label={title} xLabel={words.epoch} x={x} series={series} logarithmic={logarithmic} />
      {note !== undefined && <small>{note}</small>}
    </section>
  );
}
