import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import * as contract from "../../../../src/contracts/training/index.ts";
import { useClient } from "../../api/session.tsx";
import { ActionButton } from "../../parts/action-button.tsx";
import { ConfirmButton } from "../../parts/confirm-button.tsx";
import { useWords } from "../../words/shell.ts";
import { isActive, KEYS, noteRefusal, type TrainingJob } from "../queries.ts";
import { useTrainingWords } from "../words.ts";

/** What can be done with a job as it stands. */
export function JobActions({ job }: { readonly job: TrainingJob }) {
  const words = useTrainingWords();
  const shell = useWords();
  const client = useClient();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const after = async (work: Promise<unknown>) => {
    try {
      await work;
    } catch (error) {
      noteRefusal(queries, error);
      throw error;
    } finally {
      await queries.invalidateQueries({ queryKey: ["training"] }); // somebody else may have changed it
    }
  };
  const start = (resume: boolean) =>
    after(client.call(contract.startTrainingJob, { job_id: job.id, resume }));
  const remove = async () => {
    await client.call(contract.deleteTrainingJob, { job_id: job.id });
    queries.removeQueries({ queryKey: KEYS.job(job.id) });
    await navigate({ to: "/console/training" });
  };
  const canGoOn = job.last_checkpoint_path !== null && job.status !== "completed";
  return (
    <>
      {isActive(job) || job.status === "completed" || (
        <>
          {canGoOn && (
            <ActionButton className="primary" onAct={() => start(true)}>
              {words.resume}
            </ActionButton>
          )}
          <ActionButton className={canGoOn ? undefined : "primary"} onAct={() => start(false)}>
            {canGoOn ? words.startOver : words.start}
          </ActionButton>
        </>
      )}
      {(isActive(job) || job.status === "pending") && (
        <ActionButton onAct={() => after(client.call(contract.stopTrainingJob, { job_id: job.id }))}>
          {words.stop}
        </ActionButton>
      )}
      {(job.best_checkpoint_path ?? job.last_checkpoint_path) !== null && (
        <a className="button" href={`/api/v1/training/jobs/${job.id}/export`} download>
          {words.exportOnnx}
        </a>
      )}
      {!isActive(job) && (
        <ConfirmButton question={words.deleteJob} onConfirm={remove}>
          {shell.delete}
        </ConfirmButton>
      )}
    </>
  );
}
