import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqlite } from "../../src/platform/db/sqlite/open-sqlite.ts";
import type { TrainingTables } from "../../src/systems/training/store/tables.ts";
import { postJson } from "../../tests/support/requests.ts";
import { type ServerProcess, startServer } from "../../tests/support/server-process.ts";
import { stripesForm } from "../../tests/support/training-place.ts";
import { ADMIN, visitPage } from "./visits.ts";

/*
 * The console's page of a training job with many recorded steps: from the address to drawn curves, with the processor
 * time that the page took.   node bench/console/job-page.ts [STEPS]      100,000 over 1,000 epochs
 */

const STEPS = Number(process.argv[2] ?? 100_000);
const EPOCHS = 1_000;
const VISITS = 5;
const CHARTS = 4;
const PER_STATEMENT = 500;

const folder = await mkdtemp(join(tmpdir(), "quatrain-job-page-"));
const serve = () =>
  startServer({
    dataDir: folder,
    environment: { QUATRAIN_ADMIN_EMAIL: ADMIN.email, QUATRAIN_ADMIN_PASSWORD: ADMIN.password },
  });

try {
  const first = await serve();
  const job = await makeJob(first);
  await first.end("SIGTERM");
  await fill(job);
  const server = await serve();
  await measure(server, job);
  await server.end("SIGTERM");
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** A job that never starts. @returns its id */
async function makeJob({ url }: ServerProcess): Promise<number> {
  const { body } = await postJson(`${url}/api/v1/auth/login`, ADMIN);
  const authorization = `Bearer ${body.access_token}`;
  const form = await stripesForm(4);
  form.set("name", "Stripes");
  form.set("format", "imagefolder");
  const made = await fetch(`${url}/api/v1/datasets`, {
    method: "POST",
    headers: { authorization },
    body: form,
  });
  const dataset = (await made.json()) as { id: string };
  const basics = { framework: "quatrain", model_name: "cnn4", task_type: "image_classification" };
  const answer = await fetch(`${url}/api/v1/training/jobs`, {
    method: "POST",
    headers: { authorization, "content-type": "application/json" },
    body: JSON.stringify({ config: { ...basics, dataset_id: dataset.id, epochs: EPOCHS } }),
  });
  return ((await answer.json()) as { id: number }).id;
}

/** Falling curves, as a trainer would have told them. */
async function fill(job: number): Promise<void> {
  const database = (await openSqlite({ path: join(folder, "quatrain.db"), readers: 1 })).as<TrainingTables>();
  const perEpoch = Math.ceil(STEPS / EPOCHS);
  const lossAt = (at: number) => 2 * Math.exp((-3 * at) / STEPS) + 0.2 * Math.sin(at * 12.9898);
  const steps = Array.from({ length: STEPS }, (_, at) => ({
    job_id: job,
    epoch: Math.floor(at / perEpoch) + 1,
    step: (at % perEpoch) + 1,
    loss: lossAt(at),
    learning_rate: 0.001 * Math.exp(-at / STEPS),
  }));
  const epochs = Array.from({ length: EPOCHS }, (_, at) => ({
    job_id: job,
    epoch: at + 1,
    loss: lossAt(at * perEpoch),
    accuracy: 1 - Math.exp((-3 * at) / EPOCHS),
    learning_rate: 0.001 * Math.exp(-at / EPOCHS),
    extra: JSON.stringify({ val_loss: lossAt(at * perEpoch + 7), train_accuracy: 0.9, f1: 0.8 }),
    created_at: 1_700_000_000_000 + at,
  }));
  await database.transaction(async (transaction) => {
    for (let at = 0; at < STEPS; at += PER_STATEMENT)
      await transaction
        .insertInto("training_steps")
        .values(steps.slice(at, at + PER_STATEMENT))
        .execute();
    for (let at = 0; at < EPOCHS; at += PER_STATEMENT)
      await transaction
        .insertInto("training_metrics")
        .values(epochs.slice(at, at + PER_STATEMENT))
        .execute();
  });
  await database.close();
}

function measure({ url }: ServerProcess, job: number): Promise<void> {
  return visitPage(
    url,
    `/console/training/jobs/${job}`,
    (page) =>
      page
        .locator(".line-chart canvas")
        .nth(CHARTS - 1)
        .waitFor(),
    VISITS,
  );
}
