import type { z } from "zod";
import type * as contract from "../../../src/contracts/integrity/index.ts";
import { useFigures } from "../words/numbers.ts";
import { useIntegrityWords } from "./words.ts";

type Groups = z.output<typeof contract.InstitutionalMetrics>["metricas_por_rol"];

export interface GroupTableProps {
  readonly title: string;
  readonly groups: Groups;
  /** What a group is called for the reader. */
  readonly names: Readonly<Record<string, string>>;
}

/** Cases, mean score and share of high ones of each role or kind of document. */
export function GroupTable({ title, groups, names }: GroupTableProps) {
  const words = useIntegrityWords();
  const figures = useFigures();
  return (
    <div className="card">
      <h2>{title}</h2>
      <table>
        <thead>
          <tr>
            <th>{title}</th>
            <th className="numeric">{words.totalCases}</th>
            <th className="numeric">{words.averageScore}</th>
            <th className="numeric">{words.highRate}</th>
          </tr>
        </thead>
        <tbody>
          {Object.entries(groups).map(([name, { total, riesgo_promedio, tasa_alto_riesgo }]) => (
            <tr key={name}>
              <td>{names[name] ?? name}</td>
              <td className="numeric">{figures.number(total, 0)}</td>
              <td className="numeric">{figures.number(riesgo_promedio, 1)}</td>
              <td className="numeric">{figures.percent(tasa_alto_riesgo / 100)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
