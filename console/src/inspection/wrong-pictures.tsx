import { useFigures } from "../words/numbers.ts";
import type { Report } from "./calibration-report.tsx";
import { pictureUrl } from "./manifest.ts";
import type { RoiPlace } from "./place.ts";
import { useInspectionWords } from "./words.ts";

export interface WrongPicturesProps {
  readonly scores: NonNullable<Report["scores"]>;
  readonly threshold: number;
  readonly place: RoiPlace;
}

const SHOWN = 24;

/** Stored pictures that the threshold puts on the wrong side, the farthest first. */
export function WrongPictures({ scores, threshold, place }: WrongPicturesProps) {
  const words = useInspectionWords();
  const figures = useFigures();
  const wrong = scores
    .filter(({ label, score }) => (label === "ok") === score > threshold)
    .sort((one, other) => Math.abs(other.score - threshold) - Math.abs(one.score - threshold));
  const named = wrong.flatMap((score) =>
    score.filename === null ? [] : [{ ...score, name: score.filename }],
  );
  if (named.length === 0) return null;
  return (
    <section>
      <h3>
        {words.wrong} ({named.length})
      </h3>
      <ul className="wrong-pictures">
        {named.slice(0, SHOWN).map(({ label, name, score }) => (
          <li key={`${label}-${name}`}>
            <img src={pictureUrl(place, label, name)} alt={words.picture(name)} loading="lazy" />
            <small>
              {words.labels[label]}, {figures.number(score, 3)}
            </small>
          </li>
        ))}
      </ul>
    </section>
  );
}
