import { Field } from "../../parts/field.tsx";
import { Tag } from "../../parts/tag.tsx";
import { settingText } from "../setting-text.ts";
import { useTrainingWords } from "../words.ts";
import type { SettingField as Setting } from "./settings.ts";

interface SettingFieldProps {
  readonly field: Setting;
  readonly text: string;
  /** What holds where nothing is typed. */
  readonly effective: unknown;
  readonly error: string | undefined;
  readonly onType: (text: string) => void;
}

/** One setting: what it means, what holds without it, and whether the engine does what it says. */
export function SettingField({ field, text, effective, error, onType }: SettingFieldProps) {
  const { label, description, honoured, engine_note: note, name } = field;
  const hint = (
    <>
      {description} <code>{name}</code>
      {!honoured && <NotHonoured note={note ?? ""} />}
    </>
  );
  return (
    <Field label={label} hint={hint} error={error}>
      {field.type === "boolean" || field.type === "select" ? (
        <ChoiceInput field={field} text={text} effective={effective} onType={onType} />
      ) : (
        <input
          type="text"
          inputMode={field.type === "number" || field.type === "integer" ? "decimal" : undefined}
          autoComplete="off"
          spellCheck={false}
          value={text}
          placeholder={settingText(effective)}
          onChange={(event) => onType(event.target.value)}
        />
      )}
    </Field>
  );
}

function NotHonoured({ note }: { readonly note: string }) {
  const words = useTrainingWords();
  return (
    <span className="engine-note">
      <Tag tone="warn">{words.notHonoured}</Tag> {note}
    </span>
  );
}

type ChoiceInputProps = Pick<SettingFieldProps, "field" | "text" | "effective" | "onType">;

function ChoiceInput({ field, text, effective, onType, ...described }: ChoiceInputProps) {
  const words = useTrainingWords();
  const options =
    field.type === "boolean"
      ? [
          { value: "true", label: words.on },
          { value: "false", label: words.off },
        ]
      : (field.options ?? []);
  const standing = options.find(({ value }) => value === String(effective))?.label ?? settingText(effective);
  return (
    <select {...described} value={text} onChange={(event) => onType(event.target.value)}>
      <option value="">{words.asItStands(standing)}</option>
      {options.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  );
}
