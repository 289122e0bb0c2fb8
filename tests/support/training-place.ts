import { readdir, readFile, readlink } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished } from "vitest";
import { seededRandom } from "../../src/algorithms/anomaly/seeded-random.ts";
import { pngOf } from "./drawn-pictures.ts";
import { type Answer, postJson } from "./requests.ts";
import { type ServerProcess, startServer } from "./server-process.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** A training server's data, over all the processes that serve it one after the other. */
export interface TrainingPlace {
  readonly folder: string;
  readonly dataDir: string;
  /** Starts a server, which the place then speaks to, unless it only works beside the one before. */
  start(options?: readonly string[]): Promise<ServerProcess>;
  server(): ServerProcess;
  /** Asks below `/api/v1`, as the administrator. */
  ask(method: string, path: string, body?: object | FormData, url?: string): Promise<Answer>;
  /** What the administrator shows. */
  credentials(): { readonly authorization: string };
  /** The same, where anything but 2xx is a mistake. @returns the body */
  get(method: string, path: string, body?: object | FormData, url?: string): Promise<Answer["body"]>;
  /** Noisy stripes of three kinds: enough that a job outlives what is looked at while it runs. @returns the dataset's id */
  stripes(each?: number): Promise<string>;
  /** Makes a job of a small network. @returns its id */
  job(dataset: string, advanced?: object, config?: object): Promise<number>;
  /** Makes a job and starts it. @returns its id */
  started(dataset: string, advanced?: object, config?: object): Promise<number>;
  /** Waits until so many epochs are over and their checkpoint is stored. */
  untilEpoch(job: number, epoch: number): Promise<void>;
  /** Waits until the job is in the state. @returns its answer */
  until(job: number, status: string, timeoutMs?: number): Promise<Answer["body"]>;
  /** Figures of every epoch, without what depends on time. */
  rows(job: number): Promise<readonly object[]>;
  /** Processes of the place other than its servers, trainers above all: their command lines by process. */
  children(): Promise<ReadonlyMap<number, string>>;
  /** The process that trains, once it is there. */
  trainer(): Promise<number>;
  /** Names of what lies in the folder for work under way. */
  workUnderWay(): Promise<readonly string[]>;
}

const ADMIN = { email: "admin@training.example", password: "correct horse battery" };
const STEADY = {
  QUATRAIN_ADMIN_EMAIL: ADMIN.email,
  QUATRAIN_ADMIN_PASSWORD: ADMIN.password,
  QUATRAIN_TRAINING_THREADS: "1", // several threads do not add up in the same order each time
};
const DIRECTIONS = ["across", "down", "slanting"];
const SIDE = 24;

/** Every knob that draws random numbers or carries something from step to step. */
export const EVERYTHING = {
  seed: 7,
  max_restarts: 100,
  preprocessing: { image_size: 32 },
  scheduler: { type: "reduce_on_plateau", patience: 0, threshold: 0.5, warmup_epochs: 1, warmup_lr: 1e-4 },
  augmentation: {
    enabled: true,
    random_flip: true,
    random_rotation: true,
    random_crop: true,
    color_jitter: true,
    random_erasing: true,
    gaussian_blur: true,
    mixup: true,
    cutmix: true,
  },
  gradient_clip_value: 1,
  gradient_accumulation_steps: 2,
  class_weights: "balanced",
  balanced_sampler: true,
  label_smoothing: 0.1,
  ema_decay: 0.9,
};

let straight: Promise<readonly object[]> | undefined;

/** Figures of the job that `EVERYTHING` makes of `stripes`, when nobody disturbs it; trained once per process. */
export function undisturbed(place: TrainingPlace, dataset: string): Promise<readonly object[]> {
  straight ??= (async () => {
    const job = await place.started(dataset, EVERYTHING);
    await place.until(job, "completed");
    return place.rows(job);
  })();
  return straight;
}

/** A fresh place; the servers that are left go with the test. */
export async function trainingPlace(
  environment: Readonly<Record<string, string>> = {},
): Promise<TrainingPlace> {
  const folder = await temporaryFolder();
  const dataDir = join(folder, "data");
  const servers: ServerProcess[] = [];
  let authorization = "";
  onTestFinished(async () => {
    for (const server of servers) await server.end("SIGKILL");
  });

  let spokenTo: ServerProcess | undefined;
  const server = () => spokenTo!;
  const ask: TrainingPlace["ask"] = async (method, path, body, url = server().url) => {
    const isForm = body instanceof FormData;
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization, ...(body && !isForm ? { "content-type": "application/json" } : {}) },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = (response.headers.get("content-type") ?? "").includes("json");
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  };
  const get: TrainingPlace["get"] = async (method, path, body, url) => {
    const answer = await ask(method, path, body, url);
    expect(answer.status, `${method} ${path}: ${JSON.stringify(answer.body)}`).toBeLessThan(300);
    return answer.body;
  };

  const job: TrainingPlace["job"] = async (dataset, advanced = {}, config = {}) => {
    const json = {
      config: {
        framework: "quatrain",
        model_name: "cnn4",
        task_type: "image_classification",
        dataset_id: dataset,
        epochs: 3,
        batch_size: 4,
        learning_rate: 0.002,
        advanced_config: { preprocessing: { image_size: 32 }, ...advanced },
        ...config,
      },
    };
    return (await get("POST", "/training/jobs", json)).id;
  };

  return {
    folder,
    dataDir,
    server,
    ask,
    credentials: () => ({ authorization }),
    get,
    async start(options = []) {
      const started = await startServer({
        dataDir,
        cwd: folder,
        options: ["--only", "training", ...options],
        environment: { ...STEADY, ...environment },
      });
      servers.push(started);
      if (!options.includes("worker")) spokenTo = started;
      if (authorization === "") {
        const { body } = await postJson(`${started.url}/api/v1/auth/login`, ADMIN);
        authorization = `Bearer ${body.access_token}`;
      }
      return started;
    },
    async stripes(each = 16) {
      const form = await stripesForm(each);
      form.set("name", "Stripes");
      form.set("format", "imagefolder");
      return (await get("POST", "/datasets", form)).id;
    },
    job,
    async started(dataset, advanced, config) {
      const id = await job(dataset, advanced, config);
      await get("POST", `/training/jobs/${id}/start`);
      return id;
    },
    async untilEpoch(id, epoch) {
      const look = async () => {
        const { checkpoints } = await get("GET", `/training/jobs/${id}/checkpoints`);
        return Math.max(0, ...checkpoints.map((checkpoint: { epoch: number }) => checkpoint.epoch));
      };
      await expect.poll(look).toBeGreaterThanOrEqual(epoch);
    },
    async until(job, status, timeoutMs = 60_000) {
      const look = () => get("GET", `/training/jobs/${job}`);
      const state = async () => {
        const now = await look();
        return now.status === status ? status : `${now.status}: ${now.error_message}`;
      };
      await expect.poll(state, { timeout: timeoutMs }).toBe(status);
      return look();
    },
    async rows(job) {
      const rows = await get("GET", `/training/jobs/${job}/metrics?limit=1000`);
      return rows.map(withoutTimes);
    },
    async children() {
      const own = new Set(servers.map(({ process: { pid } }) => String(pid)));
      return processesIn(folder, own);
    },
    async trainer() {
      let found: number | undefined;
      const look = async () => {
        const children = await processesIn(folder, new Set());
        [found] = [...children].find(([, words]) => words.includes("trainer-child")) ?? [];
        return found;
      };
      await expect.poll(look).toBeDefined();
      return found!;
    },
    workUnderWay: () => readdir(join(dataDir, "tmp", "training")).catch(() => []),
  };
}

/** `across/3.png` and so on, as a browser sends a folder. */
export async function stripesForm(each: number): Promise<FormData> {
  const form = new FormData();
  for (const [direction, name] of DIRECTIONS.entries()) {
    for (let index = 0; index < each; index++) {
      form.append("files", await stripesPng(direction, index), `${name}/${index}.png`);
    }
  }
  return form;
}

/** Noisy stripes across, down or slanting; each index gives another picture. */
export function stripesPng(direction: number, index: number): Promise<Blob> {
  const random = seededRandom(1_000 * direction + index);
  const phase = random.below(8);
  const data = new Uint8Array(SIDE * SIDE * 3);
  for (let pixel = 0; pixel < SIDE * SIDE; pixel++) {
    const [y, x] = [Math.floor(pixel / SIDE), pixel % SIDE];
    const along = [y, x, x + y][direction % 3]! + phase;
    const bright = Math.floor(along / 4) % 2 === 0 ? 40 : 170;
    for (let channel = 0; channel < 3; channel++) data[3 * pixel + channel] = bright + random.below(60);
  }
  return pngOf({ width: SIDE, height: SIDE, data });
}

function withoutTimes({ epoch, loss, accuracy, learning_rate, extra_metrics }: Record<string, unknown>) {
  const { seconds: _, images_per_second: __, ...numbers } = extra_metrics as Record<string, number>;
  return { epoch, loss, accuracy, learning_rate, ...numbers };
}

/** Command lines of living processes whose current folder this is: others' tests run beside this one. */
async function processesIn(folder: string, leftOut: ReadonlySet<string>): Promise<Map<number, string>> {
  const found = new Map<number, string>();
  for (const pid of await readdir("/proc")) {
    if (!/^\d+$/.test(pid) || leftOut.has(pid)) continue;
    const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => null); // gone, or somebody else's
    if (cwd !== folder) continue;
    const words = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
    if (words !== "") found.set(Number(pid), words.replaceAll("\0", " ").trim());
  }
  return found;
}
