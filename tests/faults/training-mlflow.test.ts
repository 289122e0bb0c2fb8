import { describe, expect, it, onTestFinished } from "vitest";
import { type FakeMlflow, openFakeMlflow } from "../../src/systems/training/engine/mlflow/testing.ts";
import { EVERYTHING, trainingPlace } from "../support/training-place.ts";

/** Runs as an MLflow server sees them: whole, with their ends; and one that is away hurts nobody. */

async function fakeMlflow(): Promise<FakeMlflow> {
  const mlflow = await openFakeMlflow();
  onTestFinished(() => mlflow.close());
  return mlflow;
}

/** Losses by epoch of a run. */
function lossesOf(mlflow: FakeMlflow, runId: string): Record<number, unknown> {
  const sent = mlflow.seen.filter(({ path, body }) => path === "runs/log-batch" && body.run_id === runId);
  const metrics = sent.flatMap(({ body }) => (body.metrics ?? []) as Metric[]);
  return Object.fromEntries(
    metrics.filter(({ key }) => key === "loss").map(({ step, value }) => [step, value]),
  );
}

interface Metric {
  readonly key: string;
  readonly value: number;
  readonly step: number;
}

describe("a run with an MLflow server", () => {
  it("is one run there, through stops, kills and restarts, with every epoch", async () => {
    const mlflow = await fakeMlflow();
    const place = await trainingPlace({ MLFLOW_TRACKING_URI: mlflow.uri, MLFLOW_EXPERIMENT_NAME: "stripes" });
    await place.start();
    const job = await place.started(await place.stripes(40), EVERYTHING);
    await place.untilEpoch(job, 1);
    await place.get("POST", `/training/stop/${job}`);
    const { mlflow_run_id: runId } = await place.get("GET", `/training/jobs/${job}`);
    expect([...mlflow.runs.keys()]).toEqual([runId]);
    await expect.poll(() => mlflow.runs.get(runId)).toMatchObject({ status: "KILLED" });

    await place.get("POST", `/training/jobs/${job}/start?resume=true`);
    await place.trainer();
    await place.server().end("SIGKILL");
    await place.start();
    await place.until(job, "completed");
    await expect.poll(() => mlflow.runs.get(runId)).toMatchObject({ status: "FINISHED" });
    expect([...mlflow.runs.keys()]).toEqual([runId]);
    expect([...mlflow.experiments.keys()]).toEqual(["stripes"]);
    const rows = (await place.get("GET", `/training/jobs/${job}/metrics`)) as {
      epoch: number;
      loss: number;
    }[];
    expect(lossesOf(mlflow, runId)).toEqual(Object.fromEntries(rows.map(({ epoch, loss }) => [epoch, loss])));
    const params = Object.fromEntries(mlflow.params.map(({ key, value }) => [key, value]));
    expect(params).toMatchObject({ model_name: "cnn4", epochs: "3", seed: "7" });
  });

  it("fails there as it fails here, and is killed there when it is stopped while it waits", async () => {
    const mlflow = await fakeMlflow();
    const place = await trainingPlace({ MLFLOW_TRACKING_URI: mlflow.uri });
    await place.start();
    const dataset = await place.stripes(40);
    const failing = await place.started(dataset, { max_restarts: 0 });
    process.kill(await place.trainer(), "SIGKILL");
    expect(await place.until(failing, "failed")).toMatchObject({ error_code: "lost_too_often" });
    await expect.poll(() => [...mlflow.runs.values()].map(({ status }) => status)).toEqual(["FAILED"]);

    const waiting = await place.started(dataset, { max_restarts: 100 });
    await expect
      .poll(async () => (await place.get("GET", `/training/jobs/${waiting}`)).mlflow_run_id)
      .not.toBeNull();
    process.kill(await place.trainer(), "SIGTERM");
    await expect.poll(async () => (await place.get("GET", "/training/queue")).queued).toEqual([waiting]);
    await place.get("POST", `/training/stop/${waiting}`);
    await expect
      .poll(() => [...mlflow.runs.values()].map(({ status }) => status))
      .toEqual(["FAILED", "KILLED"]);
  });

  it("trains all the same where the server is away, or silent", async () => {
    const mlflow = await fakeMlflow();
    for (const path of ["get-by-name", "create", "log-batch", "update"]) {
      mlflow.answerNext(path, ...Array.from({ length: 50 }, () => "silence" as const));
    }
    const gone = await openFakeMlflow();
    await gone.close();
    for (const [count, { uri }] of [
      [2, mlflow], // the first one does not keep the second from its slot
      [1, gone],
    ] as const) {
      const place = await trainingPlace({ MLFLOW_TRACKING_URI: uri });
      await place.start();
      const dataset = await place.stripes(40);
      const jobs: number[] = [];
      for (let made = 0; made < count; made++) jobs.push(await place.started(dataset));
      for (const job of jobs) {
        expect(await place.until(job, "completed")).toMatchObject({ mlflow_run_id: null, restarts: 0 });
      }
      expect((await place.server().end("SIGTERM")).code).toBe(0);
    }
  });
});
