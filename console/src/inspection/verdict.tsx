import { Tag } from "../parts/tag.tsx";
import { useFigures } from "../words/numbers.ts";
import type { Inference } from "./try-part.tsx";
import { useInspectionWords } from "./words.ts";

export interface VerdictProps {
  readonly answer: Inference;
  readonly chosen: number | null;
  readonly onChoose: (region: number) => void;
}

/** Good or bad, the score against the threshold, and the regions in mm². */
export function Verdict({ answer, chosen, onChoose }: VerdictProps) {
  const words = useInspectionWords();
  const figures = useFigures();
  const { decision, score, threshold, regions, warnings, elapsed_ms } = answer;
  return (
    <section className="card" aria-label={words.score} role="status">
      <p className="verdict">
        {decision === null ? (
          <Tag tone="warn">{words.undecided}</Tag>
        ) : (
          <Tag tone={decision === "ok" ? "good" : "bad"}>{words.decisions[decision]}</Tag>
        )}{" "}
        {words.score} <strong>{figures.number(score, 4)}</strong>
        {threshold !== null && ` / ${figures.number(threshold, 4)}`}{" "}
        <small>{words.took(figures.number(elapsed_ms, 0))}</small>
      </p>
      {warnings.map((warning) => (
        <p key={warning}>
          <Tag tone="warn">{warning}</Tag>
        </p>
      ))}
      <h3>{words.regions}</h3>
      {regions.length === 0 ? (
        <p>{words.noRegions}</p>
      ) : (
        <ol className="region-list">
          {regions.map(({ area_mm2, bbox }, index) => (
            <li key={bbox.join()}>
              <button type="button" aria-pressed={index === chosen} onClick={() => onChoose(index)}>
                {words.region(index + 1)}: {figures.number(area_mm2)} mm²
              </button>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
