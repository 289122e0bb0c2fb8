import { useQuery } from "@tanstack/react-query";
import * as contract from "../../../src/contracts/inspection/index.ts";
import { useClient } from "../api/session.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { useFigures } from "../words/numbers.ts";
import type { RoiPlace } from "./place.ts";
import { useInspectionWords } from "./words.ts";

export interface VersionComparisonProps {
  readonly place: RoiPlace;
  readonly a: number;
  readonly b: number;
}

/** What differs between two versions. */
export function VersionComparison({ place, a, b }: VersionComparisonProps) {
  const words = useInspectionWords();
  const figures = useFigures();
  const client = useClient();
  const comparison = useQuery({
    queryKey: ["inspection", "comparison", place, a, b],
    queryFn: () => client.call(contract.compareVersions, { ...place, a, b }),
  });
  const share = (value: number | null | undefined) => (value == null ? "–" : figures.percent(value));
  return (
    <section className="card" aria-label={words.compare}>
      <h2>
        {words.version(a)} {words.compareWith} {words.version(b)}
      </h2>
      <Loaded query={comparison}>
        {({ dataset, auroc, confusion, settings }) => (
          <table>
            <thead>
              <tr>
                <th />
                <th className="numeric">{words.version(a)}</th>
                <th className="numeric">{words.version(b)}</th>
              </tr>
            </thead>
            <tbody>
              <tr>
                <th scope="row">{words.auroc}</th>
                <td className="numeric">{auroc.a === null ? "–" : figures.number(auroc.a, 3)}</td>
                <td className="numeric">{auroc.b === null ? "–" : figures.number(auroc.b, 3)}</td>
              </tr>
              <tr>
                <th scope="row">{words.falseAlarms}</th>
                <td className="numeric">{share(confusion.a?.false_alarm_rate)}</td>
                <td className="numeric">{share(confusion.b?.false_alarm_rate)}</td>
              </tr>
              <tr>
                <th scope="row">{words.detection}</th>
                <td className="numeric">{share(confusion.a?.detection_rate)}</td>
                <td className="numeric">{share(confusion.b?.detection_rate)}</td>
              </tr>
              <tr>
                <th scope="row">{words.dataset}</th>
                <td className="numeric" colSpan={2}>
                  {dataset.both} / {dataset.only_a.length} / {dataset.only_b.length}
                </td>
              </tr>
              {Object.entries(settings).map(([name, value]) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td className="numeric">{JSON.stringify(value.a)}</td>
                  <td className="numeric">{JSON.stringify(value.b)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Loaded>
    </section>
  );
}
