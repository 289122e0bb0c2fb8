import { mkdir, mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect } from "vitest";
import type { Picture } from "../../src/algorithms/image/picture.ts";
import { pngOf } from "./drawn-pictures.ts";
import type { Answer } from "./requests.ts";
import { type ServerProcess, startServer } from "./server-process.ts";

/** A signed-in user of training. */
export interface Person {
  readonly id: number;
  readonly email: string;
  /** Authorization. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface Asking {
  readonly as?: Person | null;
  readonly json?: unknown;
  readonly form?: FormData | URLSearchParams;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface TrainingServer {
  url(path: string): string;
  dataDir(): string;
  /** Folder that dataset_path may name. */
  root(): string;
  server(): ServerProcess;
  /** The first administrator. */
  admin(): Person;
  /** A user of the contract's own, registered and signed in. */
  member(name: string): Promise<Person>;
  /** Asks below `/api/v1`; as the administrator where nobody is named, as nobody where `as` is null. */
  ask(method: string, path: string, asking?: Asking): Promise<Answer>;
  /** Makes a dataset of colours, which every network learns at once. @returns its answer */
  colours(options?: ColourOptions): Promise<Answer["body"]>;
  /** Makes a small job. @returns its answer */
  job(config: object, around?: object, as?: Person): Promise<Answer["body"]>;
  /** Waits until the job is in the state. @returns its answer */
  until(jobId: number, status: string, as?: Person): Promise<Answer["body"]>;
}

export interface ColourOptions {
  readonly as?: Person;
  /** Pictures of each colour. */
  readonly each?: number;
  readonly names?: readonly string[];
  readonly fields?: Readonly<Record<string, string>>;
}

/** A job that was trained to its end. */
export interface TrainedJob {
  readonly dataset: Answer["body"];
  /** What starting it answered. */
  readonly started: Answer;
  /** Its server-sent events, whole. */
  readonly events: string;
  readonly done: Answer["body"];
}

export const SECRET = "internal secret of tests";
export const ADMIN = { email: "admin@training.example", password: "correct horse battery" };
export const PASSWORD = "a long enough password";

/** One server for a whole file of tests. */
export function useTrainingServer(
  environment: Readonly<Record<string, string>> = {},
  options: readonly string[] = ["--only", "training"],
  listeners = 1,
): TrainingServer {
  let server: ServerProcess;
  let folder: string;
  let admin: Person;

  beforeAll(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), "quatrain-training-")));
    await mkdir(join(folder, "root"));
    server = await startServer({
      dataDir: join(folder, "data"),
      options,
      listeners,
      environment: {
        QUATRAIN_ADMIN_EMAIL: ADMIN.email,
        QUATRAIN_ADMIN_PASSWORD: ADMIN.password,
        QUATRAIN_TRAINING_THREADS: "1",
        QUATRAIN_ROOTS: join(folder, "root"),
        INTERNAL_AUTH_TOKEN: SECRET,
        ...environment,
      },
    });
    admin = await signIn(ADMIN.email, ADMIN.password);
  });

  afterAll(async () => {
    expect(await server.end("SIGTERM")).toMatchObject({ code: 0 });
    await rm(folder, { recursive: true, force: true });
  });

  const url = (path: string) => server.url + path;

  async function ask(method: string, path: string, asking: Asking = {}): Promise<Answer> {
    const { as = admin, json, form, headers = {} } = asking;
    const response = await fetch(url(`/api/v1${path}`), {
      method,
      headers: {
        ...(json === undefined ? {} : { "content-type": "application/json" }),
        ...as?.headers,
        ...headers,
      },
      body: json === undefined ? form : typeof json === "string" ? json : JSON.stringify(json),
    });
    const text = await response.text();
    const isJson = (response.headers.get("content-type") ?? "").startsWith("application/json");
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  }

  async function signIn(email: string, password: string): Promise<Person> {
    const { status, body } = await ask("POST", "/auth/login", { as: null, json: { email, password } });
    expect(status, JSON.stringify(body)).toBe(200);
    return { id: body.user.id, email, headers: { authorization: `Bearer ${body.access_token}` } };
  }

  return {
    url,
    dataDir: () => join(folder, "data"),
    root: () => join(folder, "root"),
    server: () => server,
    admin: () => admin,
    ask,
    async member(name) {
      const email = `${name}@training.example`;
      const json = { email, password: PASSWORD, full_name: name };
      expect((await ask("POST", "/auth/register", { as: null, json })).status).toBe(201);
      return signIn(email, PASSWORD);
    },
    async colours({ as = admin, each = 8, names = ["red", "green", "blue"], fields = {} } = {}) {
      const form = await coloursForm(names, each);
      for (const [name, value] of Object.entries({ name: "Colours", format: "imagefolder", ...fields })) {
        form.set(name, value);
      }
      const { status, body } = await ask("POST", "/datasets", { as, form });
      expect(status, JSON.stringify(body)).toBe(201);
      return body;
    },
    async job(config, around = {}, as = admin) {
      const json = { ...around, config: { ...SMALL, ...config } };
      const { status, body } = await ask("POST", "/training/jobs", { as, json });
      expect(status, JSON.stringify(body)).toBe(201);
      return body;
    },
    async until(jobId, status, as = admin) {
      const look = async () => (await ask("GET", `/training/jobs/${jobId}`, { as })).body;
      await expect
        .poll(async () => {
          const job = await look();
          return job.status === "failed" ? `failed: ${job.error_message}` : job.status;
        })
        .toBe(status);
      return look();
    },
  };
}

/** What every small job is made of. */
const SMALL = {
  framework: "quatrain",
  model_name: "cnn4",
  task_type: "image_classification",
  epochs: 3,
  batch_size: 8,
  learning_rate: 0.003,
};

/** Trains a job of colours to its end, with four epochs, and two checkpoints beside the last and the best. */
export async function trainColours({ ask, url, admin, colours, job }: TrainingServer): Promise<TrainedJob> {
  const dataset = await colours({ each: 10 });
  const advanced_config = {
    ...SMALL_PICTURES,
    seed: 7,
    checkpoint_interval: 1,
    keep_n_checkpoints: 2,
    augmentation: { enabled: false },
  };
  const { id } = await job(
    { dataset_id: dataset.id, epochs: 4, advanced_config },
    { experiment_name: "Colours", project_id: 4 },
  );
  const started = await ask("POST", `/training/jobs/${id}/start`);
  const events = await fetch(url(`/api/v1/training/jobs/${id}/events`), { headers: admin().headers });
  return {
    dataset,
    started,
    events: await events.text(), // it ends with the job
    done: (await ask("GET", `/training/jobs/${id}`)).body,
  };
}

/** Of a setting that makes epochs quick. */
export const SMALL_PICTURES = { preprocessing: { image_size: 32 } };

/** `<colour>/<n>.png` for each colour and n, as a browser sends a folder. */
export async function coloursForm(names: readonly string[], each: number): Promise<FormData> {
  const form = new FormData();
  for (const [at, name] of names.entries()) {
    for (let index = 0; index < each; index++) {
      form.append("files", await colourPng(at, index), `${name}/${index}.png`);
    }
  }
  return form;
}

/** A picture in which one channel is bright, each index another one. */
export function colourPng(channel: number, index: number, size = 32): Promise<Blob> {
  return pngOf(colourPicture(channel, index, size));
}

function colourPicture(channel: number, index: number, size: number): Picture {
  const data = new Uint8Array(size * size * 3);
  for (let at = 0; at < data.length; at++) {
    const texture = (at * 31 + index * 97 + ((at * index) % 53)) % 60;
    data[at] = at % 3 === channel % 3 ? 180 + texture : 30 + texture;
  }
  return { width: size, height: size, data };
}
