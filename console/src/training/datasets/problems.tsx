import { useFigures } from "../../words/numbers.ts";
import type { Dataset } from "../queries.ts";
import { useTrainingWords } from "../words.ts";

/** Files that cannot be used, and what is odd about the whole. */
export function Problems({ dataset }: { readonly dataset: Dataset }) {
  const words = useTrainingWords();
  const figures = useFigures();
  const { problems, problem_count: count, warnings } = dataset;
  if (count === 0 && warnings.length === 0) return null;
  return (
    <section className="stack">
      <h2>{words.problems}</h2>
      {warnings.length > 0 && (
        <ul className="notes warn">
          {warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      )}
      {problems.length > 0 && (
        <div className="card scroll">
          <table>
            <thead>
              <tr>
                <th>{words.file}</th>
                <th>{words.problem}</th>
              </tr>
            </thead>
            <tbody>
              {problems.map(({ path, code, message }) => (
                <tr key={`${path} ${code}`}>
                  <td className="path">{path}</td>
                  <td>{message}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {count > problems.length && (
            <small>{words.firstOf(figures.number(problems.length, 0), figures.number(count, 0))}</small>
          )}
        </div>
      )}
    </section>
  );
}
