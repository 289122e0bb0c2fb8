import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { AnswerOf } from "../../../../src/contracts/route.ts";
import * as contract from "../../../../src/contracts/training/index.ts";
import { useClient } from "../../api/session.tsx";
import { ActionButton } from "../../parts/action-button.tsx";
import { ConfirmButton } from "../../parts/confirm-button.tsx";
import { Loaded } from "../../parts/loaded.tsx";
import { Tag } from "../../parts/tag.tsx";
import { useFigures } from "../../words/numbers.ts";
import { useWords } from "../../words/shell.ts";
import { isActive, KEYS, type TrainingJob } from "../queries.ts";
import { useTrainingWords } from "../words.ts";

type Checkpoint = AnswerOf<typeof contract.listCheckpoints>["checkpoints"][number];

/** Stored states of a job: take one away, export it, go on from it. */
export function Checkpoints({ job }: { readonly job: TrainingJob }) {
  const words = useTrainingWords();
  const client = useClient();
  const checkpoints = useQuery({
    queryKey: KEYS.checkpoints(job.id),
    queryFn: async () => (await client.call(contract.listCheckpoints, { job_id: job.id })).checkpoints,
  });
  return (
    <Loaded query={checkpoints}>
      {(list) =>
        list.length === 0 ? (
          <p>{words.noCheckpoints}</p>
        ) : (
          <div className="scroll">
            <table>
              <thead>
                <tr>
                  <th>{words.epoch}</th>
                  <th>{words.kind}</th>
                  <th className="numeric">{words.figureName(job.primary_metric)}</th>
                  <th className="numeric">{words.size}</th>
                  <th>{words.stored}</th>
                  <th>
                    <span className="visually-hidden">{words.actions}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {list.map((checkpoint) => (
                  <CheckpointRow key={checkpoint.name} job={job} checkpoint={checkpoint} />
                ))}
              </tbody>
            </table>
          </div>
        )
      }
    </Loaded>
  );
}

function CheckpointRow({ job, checkpoint }: { readonly job: TrainingJob; readonly checkpoint: Checkpoint }) {
  const words = useTrainingWords();
  const shell = useWords();
  const figures = useFigures();
  const client = useClient();
  const queries = useQueryClient();
  const { name, path, epoch, roles, metric, bytes, created_at } = checkpoint;
  const again = () => queries.invalidateQueries({ queryKey: ["training"] });
  const goOn = () =>
    client
      .call(contract.startTrainingJob, { job_id: job.id, resume: true, checkpoint_path: path })
      .finally(again);
  const remove = () => client.call(contract.deleteCheckpoint, { job_id: job.id, name }).finally(again);
  const address = `/api/v1/training/jobs/${job.id}`;
  const canChange = !isActive(job);
  return (
    <tr>
      <td>{figures.number(epoch, 0)}</td>
      <td>
        {roles.map((role) => (
          <Tag key={role} tone={role === "best" ? "good" : "plain"}>
            {words.roles[role]}
          </Tag>
        ))}
      </td>
      <td className="numeric">{metric === null ? "" : figures.number(metric, 4)}</td>
      <td className="numeric">{figures.bytes(bytes)}</td>
      <td>{figures.time(created_at)}</td>
      <td className="actions">
        <a className="button" href={`${address}/export?checkpoint=${encodeURIComponent(name)}`} download>
          ONNX
        </a>{" "}
        <a className="button" href={`${address}/checkpoints/${encodeURIComponent(name)}`} download>
          {words.download}
        </a>{" "}
        {canChange && job.status !== "completed" && (
          <ActionButton onAct={goOn}>{words.goOnFromHere}</ActionButton>
        )}{" "}
        {canChange && (
          <ConfirmButton question={words.deleteCheckpoint(name)} onConfirm={remove}>
            {shell.delete}
          </ConfirmButton>
        )}
      </td>
    </tr>
  );
}
