import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useEffect, useState } from "react";
import * as contract from "../../../src/contracts/inspection/index.ts";
import * as platform from "../../../src/contracts/platform/index.ts";
import { isUnderWay } from "../api/jobs.ts";
import { useClient, useSession } from "../api/session.tsx";
import { ActionButton } from "../parts/action-button.tsx";
import { Failure } from "../parts/failure.tsx";
import { Field } from "../parts/field.tsx";
import { ProgressBar } from "../parts/progress-bar.tsx";
import { useWords } from "../words/shell.ts";
import type { RoiPartProps } from "./manifest.ts";
import { useInspectionWords } from "./words.ts";

const BACKBONES = ["auto", "fb98", "fb98-fast", "vit_small_patch14_dinov2"];
const LOOK_MS = 700;

/** Learns the stored good pictures in the background, with progress; can be stopped. */
export function FitPart({ place, found }: RoiPartProps) {
  const words = useInspectionWords();
  const { client, session } = useSession();
  const [job, setJob] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const count = found.datasets.classes.ok.count;
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setError(null);
    try {
      const answer = (await client.call(contract.fitOk, {
        ...place,
        mm_per_px: String(form.get("mm_per_px")),
        backbone: String(form.get("backbone")),
        mode: form.get("mode") === "append" ? "append" : "replace",
        memory_fit: form.get("memory_fit") === null ? "0" : "1",
        use_dataset: "1",
        async: "1",
        operator_id: session?.user?.email,
      })) as unknown as { readonly job_id: string };
      setJob(answer.job_id);
    } catch (thrown) {
      setError(thrown);
    }
  };
  return (
    <div className="stack">
      <p>{words.fitNeeds(count)}</p>
      <form className="card" onSubmit={(event) => void submit(event)}>
        <div className="split">
          <Field label={words.mmPerPx} hint={found.mm_per_px === null ? undefined : words.mmLocked}>
            <input
              name="mm_per_px"
              type="number"
              min={0}
              step="any"
              required
              defaultValue={found.mm_per_px ?? 0.2}
              readOnly={found.mm_per_px !== null}
            />
          </Field>
          <Field label={words.backbone} hint={words.backboneHint}>
            <select name="backbone">
              {BACKBONES.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </Field>
          <Field label={words.mode}>
            <select name="mode">
              <option value="replace">{words.modes.replace}</option>
              <option value="append">{words.modes.append}</option>
            </select>
          </Field>
        </div>
        <p>
          <label>
            <input type="checkbox" name="memory_fit" /> {words.keepAll}
          </label>
        </p>
        {error !== null && <Failure error={error} />}
        <button type="submit" className="primary" disabled={count === 0}>
          {words.fitStart}
        </button>
      </form>
      {job !== null && <FitProgress key={job} id={job} />}
    </div>
  );
}

function FitProgress({ id }: { readonly id: string }) {
  const words = useInspectionWords();
  const shell = useWords();
  const client = useClient();
  const queries = useQueryClient();
  const { data: job } = useQuery({
    queryKey: ["jobs", "one", id],
    queryFn: () => client.call(platform.getJob, { id }),
    refetchInterval: ({ state }) => (state.data === undefined || isUnderWay(state.data) ? LOOK_MS : false),
  });
  const state = job?.state;
  useEffect(() => {
    if (state === "completed") void queries.invalidateQueries({ queryKey: ["inspection"] });
  }, [state, queries]);
  if (job === undefined) return null;
  if (job.state === "completed")
    return (
      <p role="status" className="tag good">
        {words.fitted}
      </p>
    );
  if (!isUnderWay(job))
    return (
      <p role="alert" className="bad">
        {words.fitFailed}: {job.error ?? shell.states[job.state]}
      </p>
    );
  return (
    <div className="stack" role="status">
      <ProgressBar share={job.progress} label={job.message ?? shell.states[job.state]} />
      <p>{job.message ?? shell.states[job.state]}</p>
      <p>
        <ActionButton onAct={() => client.call(platform.cancelJob, { id })} disabled={job.cancel_requested}>
          {job.cancel_requested ? shell.cancelling : shell.cancel}
        </ActionButton>
      </p>
    </div>
  );
}
