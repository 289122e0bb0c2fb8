import { expect, test } from "vitest";
import { z } from "zod";
import { describeEachDatabase } from "../../../platform/db/testing.ts";
import { randomIds, systemClock } from "../../../platform/ids.ts";
import { jobMigrations } from "../../../platform/jobs/index.ts";
import { openTestQueue } from "../../../platform/jobs/testing.ts";
import { silentLog } from "../../../platform/telemetry/silent-log.ts";
import { TRAINING_TICKET } from "../actions/start-job.ts";
import { JobReader } from "../store/job-reader.ts";
import { JobWriter, type NewJob } from "../store/job-writer.ts";
import { trainingMigrations } from "../store/migrations/index.ts";
import type { TrainingTables } from "../store/tables.ts";
import { mendTickets } from "./keep-tickets.ts";

/** What the queue looks at; the rest of a job does not matter here. */
const JOB = {
  sessionId: null,
  projectId: null,
  ownerId: null,
  visibility: "private",
  experimentName: null,
  tags: [],
  notes: null,
  datasetId: "d",
  datasetPath: null,
  datasetFormat: null,
  classes: ["a", "b"],
  sent: {
    framework: "quatrain",
    modelName: "cnn4",
    taskType: "image_classification",
    epochs: 1,
    batchSize: 1,
    learningRate: 0.1,
    numClasses: 2,
    advancedConfig: null,
  },
  config: {} as NewJob["config"],
  effectiveConfig: {},
  warnings: [],
  engine: "embedded",
  priority: 0,
  primaryMetric: "accuracy",
  primaryMetricMode: "max",
} as const satisfies NewJob;

const START = {
  engine: "embedded",
  snapshot: "s",
  classes: ["a", "b"],
  resumeFrom: null,
  beginWith: null,
  priority: null,
  fresh: true,
} as const;

describeEachDatabase("tickets of training jobs", (open) => {
  async function openRoom() {
    const place = await open([...jobMigrations, ...trainingMigrations]);
    const { database } = place;
    const tables = database.as<TrainingTables>();
    const queue = await openTestQueue(place);
    queue.define({
      kind: TRAINING_TICKET,
      payload: z.object({}),
      maxAttempts: 1,
      concurrency: 1,
      run: async () => null,
    });
    const jobs = new JobReader(tables);
    const jobWriter = new JobWriter(tables, systemClock, randomIds);
    const startJob = async () => {
      const { id } = await jobWriter.addJob(JOB, (number) => `outputs/job_${number}`);
      let ticket = "";
      await jobWriter.queueJob(id, START, async (tx) => {
        ticket = await queue.enqueue(tx, TRAINING_TICKET, {});
        return ticket;
      });
      return { id, ticket };
    };
    return {
      queue,
      jobs,
      jobWriter,
      startJob,
      mend: () => mendTickets({ database, queue, jobs, jobWriter, log: silentLog }),
    };
  }

  test("are left alone where each waiting job has one", async () => {
    const { queue, startJob, mend } = await openRoom();
    await startJob();
    await startJob();
    expect(await mend()).toBe(0);
    await queue.drain(1_000);
  });

  test("are made anew for jobs that wait without one", async () => {
    const { queue, startJob, mend } = await openRoom();
    const { ticket } = await startJob();
    await queue.cancel(ticket);
    expect(await mend()).toBe(1);
    expect(await mend()).toBe(0);
    await queue.drain(1_000);
  });

  test("that ended without their job give it back to the queue", async () => {
    const { queue, jobs, jobWriter, startJob, mend } = await openRoom();
    const { id, ticket } = await startJob();
    expect(await jobWriter.claimJob(ticket)).toMatchObject({ job: { id, status: "running", attempt: 1 } });
    await queue.cancel(ticket);
    expect(await mend()).toBe(1);
    expect(await jobs.findJob(id)).toMatchObject({ status: "queued", ticket: null });
    await queue.drain(1_000);
  });
});
