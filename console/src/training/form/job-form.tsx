import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import type { AnswerOf } from "../../../../src/contracts/route.ts";
import * as contract from "../../../../src/contracts/training/index.ts";
import { useClient } from "../../api/session.tsx";
import { messageOf } from "../../parts/failure.tsx";
import { useToast } from "../../parts/toasts.tsx";
import { FailedWork } from "../failed-work.tsx";
import { KEYS, noteRefusal } from "../queries.ts";
import { useTrainingWords } from "../words.ts";
import { BasicFields } from "./basic-fields.tsx";
import { basicsOf, type JobWish, tagsOf } from "./job-wish.ts";
import { Judgement } from "./judgement.tsx";
import { SettingGroups } from "./setting-groups.tsx";
import { advancedConfig, isInUse, type SettingField, settingAt } from "./settings.ts";
import { errorsByName, useJudgement } from "./use-judgement.ts";

export interface JobFormProps {
  readonly datasets: AnswerOf<typeof contract.availableDatasets>["datasets"];
  readonly models: AnswerOf<typeof contract.listModels>["models"];
  /** Chosen at first. */
  readonly dataset: string;
}

const FIRST = {
  name: "",
  tags: "",
  notes: "",
  epochs: "20",
  batchSize: "32",
  learningRate: "0.001",
  preset: "standard",
};

/** Everything that a job can be told, judged by the server while it is typed. */
export function JobForm({ datasets, models, dataset }: JobFormProps) {
  const words = useTrainingWords();
  const client = useClient();
  const make = useMakeJob();
  const [wish, setWish] = useState<JobWish>(() => {
    const first = models.find(({ available }) => available);
    return { ...FIRST, dataset, model: `${first?.framework}/${first?.model_name}`, settings: {} };
  });
  const change = (part: Partial<JobWish>) => setWish((before) => ({ ...before, ...part }));
  const taskType = datasets.find(({ id }) => id === wish.dataset)?.task_type ?? "image_classification";
  const basics = { ...basicsOf(wish), task_type: taskType };
  const schema = useQuery({
    queryKey: ["training", "schema", basics.framework, taskType],
    queryFn: () => client.call(contract.configSchema, { framework: basics.framework, task_type: taskType }),
    placeholderData: (shown) => shown,
    retry: false,
  });
  const fields = (schema.data?.schema.fields ?? []) as readonly unknown[] as readonly SettingField[];
  const advanced = advancedConfig(fields, wish.settings, wish.preset);
  const { data: judgement, error } = useJudgement({ ...basics, advanced_config: advanced });
  const effective = judgement?.config?.advanced_config;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void make.begin({
      experiment_name: wish.name || null,
      notes: wish.notes || null,
      tags: tagsOf(wish),
      config: { ...basics, advanced_config: advanced },
    });
  };
  return (
    <form className="job-form" onSubmit={submit}>
      <div className="stack">
        <BasicFields
          datasets={datasets}
          models={models}
          presets={Object.keys(schema.data?.presets ?? {})}
          taskType={taskType}
          wish={wish}
          onChange={change}
        />
        <h2>{words.allSettings}</h2>
        {schema.error !== null && <FailedWork error={schema.error} />}
        <SettingGroups
          fields={fields}
          typed={wish.settings}
          effective={effective}
          errors={errorsByName(judgement)}
          onType={(name, text) => change({ settings: { ...wish.settings, [name]: text } })}
        />
      </div>
      <div className="stack aside">
        <Judgement
          judgement={judgement}
          failure={error}
          notHonoured={fields
            .filter(
              (field) =>
                !field.honoured &&
                isInUse(field, wish.settings, effective) &&
                isWanted(field, wish, effective),
            )
            .map(({ label, engine_note: note }) => ({ label, note: note ?? "" }))}
        />
        {make.failure !== null && <FailedWork error={make.failure} />}
        <p className="actions">
          <button type="submit" className="primary" disabled={make.busy}>
            {words.startTraining}
          </button>
        </p>
      </div>
    </form>
  );
}

/** Whether somebody asks for it: the person, or the preset. */
function isWanted({ name }: SettingField, { settings }: JobWish, effective: unknown): boolean {
  const typed = settings[name]?.trim() ?? "";
  return typed === "" ? settingAt(effective, name) === true : typed !== "false";
}

function useMakeJob() {
  const words = useTrainingWords();
  const client = useClient();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const begin = async (wish: Parameters<typeof client.call<typeof contract.createTrainingJob>>[1]) => {
    setBusy(true);
    setFailure(null);
    try {
      const { id } = await client.call(contract.createTrainingJob, wish);
      // the job is there: what keeps it from starting is said on its own page
      await client.call(contract.startTrainingJob, { job_id: id }).then(
        () => toast("good", words.jobStarted),
        (error: unknown) => toast("bad", messageOf(error)),
      );
      void queries.invalidateQueries({ queryKey: KEYS.jobs });
      await navigate({ to: "/console/training/jobs/$jobId", params: { jobId: String(id) }, search: {} });
    } catch (error) {
      noteRefusal(queries, error);
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  return { begin, busy, failure };
}
