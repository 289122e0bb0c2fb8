import { Tag } from "../../parts/tag.tsx";
import type { TrainingJob } from "../queries.ts";
import { settingText } from "../setting-text.ts";
import { useTrainingWords } from "../words.ts";

/** What each setting was asked to do, and what it did. */
export function EffectiveSettings({ job }: { readonly job: TrainingJob }) {
  const words = useTrainingWords();
  const settings = Object.entries(job.effective_config);
  return (
    <div className="stack">
      {job.warnings.length > 0 && (
        <ul className="notes warn">
          {job.warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      )}
      {settings.length === 0 ? (
        <p>{words.noSettings}</p>
      ) : (
        <div className="scroll">
          <table>
            <thead>
              <tr>
                <th>{words.setting}</th>
                <th>{words.requested}</th>
                <th>{words.effective}</th>
                <th>{words.reason}</th>
              </tr>
            </thead>
            <tbody>
              {settings.map(([name, { requested, effective, reason }]) => (
                <tr key={name}>
                  <td>
                    <code>{name}</code>
                  </td>
                  <td>{settingText(requested)}</td>
                  <td>
                    {settingText(effective)}{" "}
                    {requested !== null && settingText(requested) !== settingText(effective) && (
                      <Tag tone="warn">{words.differs}</Tag>
                    )}
                  </td>
                  <td>{reason}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}
