import * as contract from "../../../contracts/training/index.ts";
import { Answer, type BoundRoute, route } from "../../../platform/http/bound-route.ts";
import { type CreateJobDeps, createJob } from "../actions/create-job.ts";
import { type DeleteJobDeps, deleteCheckpoint, deleteJob } from "../actions/delete-job.ts";
import { type StartJobDeps, startJob } from "../actions/start-job.ts";
import { type StopJobDeps, stopJob } from "../actions/stop-job.ts";
import { exportModel } from "../actions/test-inference.ts";
import { checkpointNotFound } from "../errors.ts";
import { findJob, findOwnJob } from "../find.ts";
import { presentCheckpoint, presentFigures, presentJob, presentLine, presentStep } from "../present/job.ts";
import type { RunReader } from "../store/run-reader.ts";
import { checkpointKey, type TrainingJob } from "../training-job.ts";
import { maySee, type Viewer, viewerOf } from "../viewer.ts";

export interface JobRouteDeps extends CreateJobDeps, StartJobDeps, StopJobDeps, DeleteJobDeps {
  readonly runs: RunReader;
  readonly settings: CreateJobDeps["settings"] & StartJobDeps["settings"] & StopJobDeps["settings"];
  readonly worker: StartJobDeps["worker"];
}

/** contracts/training.md "Training API". */
export function jobRoutes(deps: JobRouteDeps): BoundRoute[] {
  const present = (job: TrainingJob) => presentOne(deps, job);

  return [
    route(contract.createTrainingJob, async ({ input, principal }) => {
      const { config } = input;
      const wish = {
        sessionId: input.session_id ?? null,
        projectId: input.project_id ?? null,
        experimentName: input.experiment_name ?? null,
        tags: input.tags,
        notes: input.notes ?? null,
        priority: input.priority,
        visibility: input.visibility,
        framework: config.framework.trim().toLowerCase(),
        modelName: config.model_name.trim(),
        taskType: config.task_type,
        datasetId: config.dataset_id ?? null,
        datasetPath: config.dataset_path ?? null,
        datasetFormat: config.dataset_format ?? null,
        numClasses: config.num_classes ?? null,
        epochs: config.epochs,
        batchSize: config.batch_size,
        learningRate: config.learning_rate,
        advancedConfig: config.advanced_config ?? null,
      };
      return new Answer(201, await present(await createJob(deps, wish, viewerOf(principal))));
    }),

    route(contract.listTrainingJobs, async ({ input, principal }) => {
      const { skip, limit, sort, order } = input;
      const filter = {
        status: input.status,
        projectId: input.project_id,
        sessionId: input.session_id,
        framework: input.framework,
        modelName: input.model_name,
        datasetId: input.dataset_id,
        search: input.search,
      };
      const viewer = viewerOf(principal);
      const { jobs, total } = await deps.jobs.listJobs(
        viewer,
        filter,
        { by: sort, direction: order },
        { skip, limit },
      );
      return { jobs: await presentMany(deps, jobs), total, skip, limit };
    }),

    route(contract.getTrainingJob, async ({ input, principal }) =>
      present(await findJob(deps, input.job_id, viewerOf(principal))),
    ),

    route(contract.startTrainingJob, async ({ input, principal }) => {
      const viewer = viewerOf(principal);
      const job = await findOwnJob(deps, input.job_id, viewer);
      const wish = {
        checkpointPath: input.checkpoint_path ?? null,
        resume: input.resume,
        priority: input.priority ?? null,
      };
      return present(await startJob(deps, job, wish, viewer));
    }),

    route(contract.stopTrainingJob, async ({ input, principal }) => {
      const job = await findOwnJob(deps, input.job_id, viewerOf(principal));
      await stopJob(deps, job);
      return { job_id: job.id, status: "stopped" as const, message: "Training job stopped successfully" };
    }),

    route(contract.deleteTrainingJob, async ({ input, principal }) => {
      const job = await findOwnJob(deps, input.job_id, viewerOf(principal));
      await deleteJob(deps, job);
      return { message: `Training job ${job.id} deleted` };
    }),

    route(contract.trainingMetrics, async ({ input, principal }) => {
      const job = await findJob(deps, input.job_id, viewerOf(principal));
      return (await deps.runs.listFigures(job.id, input.limit, input.window)).map(presentFigures);
    }),

    route(contract.trainingSteps, async ({ input, principal }) => {
      const job = await findJob(deps, input.job_id, viewerOf(principal));
      const { total, steps } = await deps.runs.listSteps(job.id, input.points);
      return { job_id: job.id, total, steps: steps.map(presentStep) };
    }),

    route(contract.trainingLogs, async ({ input, principal }) => {
      const job = await findJob(deps, input.job_id, viewerOf(principal));
      const { limit, log_type: logType, after, before } = input;
      return (await deps.runs.listLogs(job.id, { limit, logType, after, before })).map(presentLine);
    }),

    route(contract.listCheckpoints, async ({ input, principal }) => {
      const job = await findJob(deps, input.job_id, viewerOf(principal));
      const checkpoints = await deps.jobs.listCheckpoints(job.id);
      return { checkpoints: checkpoints.map((entry) => presentCheckpoint(job, entry, deps.pathPrefix)) };
    }),

    route(contract.getCheckpoint, async ({ input, principal }) => {
      const job = await findJob(deps, input.job_id, viewerOf(principal));
      const known = (await deps.jobs.listCheckpoints(job.id)).find(({ name }) => name === input.name);
      if (known === undefined) throw checkpointNotFound(`Training job ${job.id} has no such checkpoint`);
      const content = await deps.store.open(checkpointKey(job, known.name));
      return Answer.bytes("application/octet-stream", content, attachment(known.name, known.bytes));
    }),

    route(contract.deleteCheckpoint, async ({ input, principal }) => {
      const job = await findOwnJob(deps, input.job_id, viewerOf(principal));
      await deleteCheckpoint(deps, job, input.name);
      return { message: `Checkpoint ${input.name} deleted` };
    }),

    route(contract.exportModel, async ({ input, principal }) => {
      const job = await findJob(deps, input.job_id, viewerOf(principal));
      const { onnx, checkpoint } = await exportModel(deps, job, input.checkpoint);
      const name = `${job.sent.modelName.replace(/[^A-Za-z0-9._-]/g, "_")}-job-${job.id}-epoch-${checkpoint.epoch}.onnx`;
      return Answer.bytes("application/octet-stream", Buffer.from(onnx), attachment(name, onnx.length));
    }),

    route(contract.trainingQueue, async ({ principal }) => {
      const viewer = viewerOf(principal);
      const { running, queued } = await deps.jobs.queue();
      return {
        slots: deps.settings.slots,
        running: visible(running, viewer),
        queued: visible(queued, viewer),
      };
    }),
  ];
}

function visible(jobs: readonly TrainingJob[], viewer: Viewer): number[] {
  return jobs.filter((job) => maySee(viewer, job)).map(({ id }) => id);
}

export function attachment(name: string, bytes: number): Record<string, string> {
  return { "content-disposition": `attachment; filename="${name}"`, "content-length": String(bytes) };
}

async function presentOne(deps: JobRouteDeps, job: TrainingJob) {
  const [presented] = await presentMany(deps, [job]);
  return presented!;
}

async function presentMany(deps: JobRouteDeps, jobs: readonly TrainingJob[]) {
  const projects = await deps.projects.namesOf(
    jobs.flatMap(({ projectId }) => (projectId === null ? [] : [projectId])),
  );
  const queued = jobs.some(({ status }) => status === "queued") ? (await deps.jobs.queue()).queued : [];
  const checkpoints = await deps.jobs.listCheckpointsOf(jobs.map(({ id }) => id));
  return jobs.map((job) => {
    const place = queued.findIndex(({ id }) => id === job.id);
    return presentJob(job, {
      checkpoints: checkpoints.get(job.id) ?? [],
      projectName: job.projectId === null ? null : projectName(job, projects.get(job.projectId)),
      queuePosition: place < 0 ? null : place + 1,
      pathPrefix: deps.pathPrefix,
      now: deps.clock.now(),
    });
  });
}

/** Numbers of projects are the clients' own: two users may mean different ones, and neither learns the other's name. */
function projectName(
  { projectId, ownerId }: TrainingJob,
  project: { readonly name: string; readonly ownerId: number | null } | undefined,
): string {
  return project?.ownerId === ownerId ? project.name : `Project ${projectId}`;
}
