import { Field } from "../../parts/field.tsx";
import { useFigures } from "../../words/numbers.ts";
import { useTrainingWords } from "../words.ts";
import type { JobFormProps } from "./job-form.tsx";
import type { JobWish } from "./job-wish.ts";

interface BasicFieldsProps extends Pick<JobFormProps, "datasets" | "models"> {
  readonly presets: readonly string[];
  readonly taskType: string;
  readonly wish: JobWish;
  readonly onChange: (part: Partial<JobWish>) => void;
}

/** What every job needs: pictures, a model, how long and how fast; and what it is called. */
export function BasicFields({ datasets, models, presets, taskType, wish, onChange }: BasicFieldsProps) {
  const words = useTrainingWords();
  const figures = useFigures();
  return (
    <div className="card form-grid">
      <Field label={words.dataset}>
        <select value={wish.dataset} onChange={(event) => onChange({ dataset: event.target.value })}>
          {datasets.map(({ id, name, image_count: n, num_classes: classes }) => (
            <option key={id} value={id}>
              {words.datasetOption(name, figures.number(n, 0), figures.number(classes, 0))}
            </option>
          ))}
        </select>
      </Field>
      <ModelField models={models} taskType={taskType} wish={wish} onChange={onChange} />
      <Field label={words.preset} hint={words.presetHint}>
        <select value={wish.preset} onChange={(event) => onChange({ preset: event.target.value })}>
          <option value="">{words.noPreset}</option>
          {presets.map((name) => (
            <option key={name} value={name}>
              {words.presetName(name)}
            </option>
          ))}
        </select>
      </Field>
      <Text label={words.epochs} value={wish.epochs} numeric onType={(epochs) => onChange({ epochs })} />
      <Text
        label={words.batchSize}
        value={wish.batchSize}
        numeric
        onType={(batchSize) => onChange({ batchSize })}
      />
      <Text
        label={words.learningRate}
        value={wish.learningRate}
        numeric
        onType={(learningRate) => onChange({ learningRate })}
      />
      <Text label={words.experimentName} value={wish.name} onType={(name) => onChange({ name })} />
      <Text
        label={words.tags}
        value={wish.tags}
        hint={words.tagsHint}
        onType={(tags) => onChange({ tags })}
      />
      <Text label={words.notes} value={wish.notes} onType={(notes) => onChange({ notes })} />
    </div>
  );
}

type ModelFieldProps = Pick<BasicFieldsProps, "models" | "taskType" | "wish" | "onChange">;

function ModelField({ models, taskType, wish, onChange }: ModelFieldProps) {
  const words = useTrainingWords();
  const offered = models.filter(({ task_types }) => task_types.includes(taskType));
  const chosen = models.find(({ framework, model_name }) => `${framework}/${model_name}` === wish.model);
  const choose = (model: string) => {
    const next = models.find(({ framework, model_name }) => `${framework}/${model_name}` === model);
    const rate = next?.recommended_lr;
    onChange({ model, ...(rate === null || rate === undefined ? {} : { learningRate: String(rate) }) });
  };
  const hint = chosen && [
    chosen.description,
    words.modelFacts(chosen.parameters, chosen.engine),
    ...(chosen.pretrained ? [words.pretrained] : []),
    ...(chosen.reason === null ? [] : [chosen.reason]),
  ];
  return (
    <Field label={words.model} hint={hint?.join(" · ")}>
      <select value={wish.model} onChange={(event) => choose(event.target.value)}>
        {[...new Set(offered.map(({ framework }) => framework))].map((framework) => (
          <optgroup key={framework} label={framework}>
            {offered
              .filter((model) => model.framework === framework)
              .map(({ model_name: name, available }) => (
                <option key={name} value={`${framework}/${name}`}>
                  {available ? name : words.notAvailable(name)}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
    </Field>
  );
}

interface TextProps {
  readonly label: string;
  readonly value: string;
  readonly hint?: string;
  readonly numeric?: boolean;
  readonly onType: (text: string) => void;
}

function Text({ label, value, hint, numeric = false, onType }: TextProps) {
  return (
    <Field label={label} hint={hint}>
      <input
        value={value}
        autoComplete="off"
        inputMode={numeric ? "decimal" : undefined}
        required={numeric}
        onChange={(event) => onType(event.target.value)}
      />
    </Field>
  );
}
