import { useQuery } from "@tanstack/react-query";
import * as contract from "../../../src/contracts/inspection/index.ts";
import { useClient } from "../api/session.tsx";
import { LineChart } from "../parts/line-chart.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { Tag, type Tone } from "../parts/tag.tsx";
import { useFigures } from "../words/numbers.ts";
import type { RoiPlace } from "./place.ts";
import { useInspectionWords } from "./words.ts";

const LOOK_MS = 10_000;

const TONES = {
  no_reference: "plain",
  collecting: "plain",
  steady: "good",
  drifting: "bad",
} as const satisfies Record<string, Tone>;

/** Whether the line still gives what it was calibrated with: the newest scores over the threshold. */
export function DriftPart({ place }: { readonly place: RoiPlace }) {
  const words = useInspectionWords();
  const figures = useFigures();
  const client = useClient();
  const drift = useQuery({
    queryKey: ["inspection", "drift", place],
    queryFn: () => client.call(contract.drift, place),
    refetchInterval: LOOK_MS,
  });
  return (
    <Loaded query={drift}>
      {({ state, causes, scores, threshold, ks_distance, alarm_share }) => (
        <div className="stack">
          <p role="status">
            <Tag tone={TONES[state]}>{words.driftStates[state]}</Tag>{" "}
            {causes.map((cause) => words.driftCauses[cause]).join(", ")}
          </p>
          {scores.length > 0 && (
            <LineChart
              label={words.driftScores}
              xLabel={words.inspections}
              x={scores.map((_, index) => index + 1)}
              series={[
                { label: words.score, values: scores },
                { label: words.threshold, values: scores.map(() => threshold), dashed: true },
              ]}
            />
          )}
          <dl className="figures">
            {ks_distance !== null && (
              <div className="card">
                <dt>{words.ksDistance}</dt>
                <dd>{figures.number(ks_distance, 3)}</dd>
              </div>
            )}
            {alarm_share !== null && (
              <div className="card">
                <dt>{words.alarmShare}</dt>
                <dd>{figures.percent(alarm_share)}</dd>
              </div>
            )}
          </dl>
        </div>
      )}
    </Loaded>
  );
}
