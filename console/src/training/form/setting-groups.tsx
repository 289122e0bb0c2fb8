import { useTrainingWords } from "../words.ts";
import { SettingField } from "./setting-field.tsx";
import { isInUse, type SettingField as Setting, settingAt, type Typed } from "./settings.ts";

interface SettingGroupsProps {
  readonly fields: readonly Setting[];
  readonly typed: Typed;
  /** The whole configuration as the server makes it of what is typed; null until it has. */
  readonly effective: unknown;
  /** What is wrong, by the settings' names. */
  readonly errors: Readonly<Record<string, string>>;
  readonly onType: (name: string, text: string) => void;
}

/** Every setting that does something as the others stand, by group. */
export function SettingGroups({ fields, typed, effective, errors, onType }: SettingGroupsProps) {
  const words = useTrainingWords();
  const groups = [...new Set(fields.map(({ group }) => group))];
  return groups.map((group) => {
    const ofGroup = fields.filter((field) => field.group === group);
    const inUse = ofGroup.filter((field) => isInUse(field, typed, effective) || errors[field.name]);
    const given = ofGroup.filter(({ name }) => typed[name]?.trim()).length;
    const hasError = ofGroup.some(({ name }) => errors[name] !== undefined);
    return (
      <details className="card" key={group} open={hasError || undefined}>
        <summary>
          {words.settingGroup(group)} {given > 0 && <small>{words.givenCount(given)}</small>}
        </summary>
        <div className="form-grid">
          {inUse.map((field) => (
            <SettingField
              key={field.name}
              field={field}
              text={typed[field.name] ?? ""}
              effective={settingAt(effective, field.name)}
              error={errors[field.name]}
              onType={(text) => onType(field.name, text)}
            />
          ))}
        </div>
      </details>
    );
  });
}
