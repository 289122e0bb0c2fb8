import { useQuery } from "@tanstack/react-query";
import * as contract from "../../../src/contracts/inspection/index.ts";
import { useClient } from "../api/session.tsx";
import { useFigures } from "../words/numbers.ts";
import type { RoiPlace } from "./place.ts";
import { useInspectionWords } from "./words.ts";

/** Every change of the threshold: when, from what to what, by whom, why. */
export function ThresholdHistory({ place }: { readonly place: RoiPlace }) {
  const words = useInspectionWords();
  const figures = useFigures();
  const client = useClient();
  const { data } = useQuery({
    queryKey: ["inspection", "threshold", place],
    retry: false,
    queryFn: () => client.call(contract.getThreshold, place),
  });
  if (data === undefined || data.history.length === 0) return null;
  return (
    <details className="card">
      <summary>{words.history}</summary>
      <ul className="plain-list">
        {data.history.map(({ at_utc, reason, from, to, operator_id, actor, note }) => (
          <li key={`${at_utc}-${to}`}>
            {figures.time(at_utc)}: {from === null ? "–" : figures.number(from, 4)} → {figures.number(to, 4)}{" "}
            ({words.reasons[reason]}, {operator_id ?? actor}
            {note && `: ${note}`})
          </li>
        ))}
      </ul>
    </details>
  );
}
