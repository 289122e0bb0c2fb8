import fc from "fast-check";
import { zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ErrorBody } from "../../src/contracts/training/vocabulary.ts";
import type { Answer } from "../support/requests.ts";
import { colourPng, SECRET, useTrainingServer } from "../support/training-server.ts";

/** Whatever is sent: an answer in the contract's words, never a fault of ours, and what is there can be read. */

const { ask, colours, job, server } = useTrainingServer({ QUATRAIN_TRAINING_MAX_OPEN_JOBS: "100000" });
const RUNS = 150;

let dataset: string;
let running: number;
let picture: Uint8Array;

beforeAll(async () => {
  dataset = (await colours({ each: 2 })).id;
  running = (await job({ dataset_id: dataset })).id;
  picture = new Uint8Array(await (await colourPng(0, 0)).arrayBuffer());
});

afterAll(async () => {
  expect(server().stderr()).not.toMatch(/"level":50/);
  for (const path of ["/datasets?limit=1000", "/training/jobs?limit=1000", `/training/jobs/${running}`]) {
    expect((await ask("GET", path)).status, path).toBe(200);
  }
  for (const path of ["metrics", "logs", "steps", "checkpoints"]) {
    expect((await ask("GET", `/training/jobs/${running}/${path}`)).status, path).toBe(200);
  }
  expect((await ask("GET", `/validation/results/${running}`)).status).toBe(200);
});

function expectAnswer({ status, body }: Answer): void {
  expect(status, JSON.stringify(body).slice(0, 500)).toBeLessThan(500);
  if (status >= 400) ErrorBody.strict().parse(body);
}

const words = (text: string) => fc.constantFrom(...text.split(" "));
const scalar = fc.oneof(
  fc.constantFrom(
    null,
    true,
    false,
    0,
    1,
    2,
    -1,
    0.5,
    1e308,
    -1e308,
    2 ** 53,
    "",
    "1",
    "NaN",
    "\ud800",
    "\u0000",
    "__proto__",
  ),
  fc.double({ noNaN: true }),
  fc.string({ maxLength: 8, unit: "binary" }),
);

/** Any JSON whose objects have these keys, among others. */
function jsonOf(keys: string) {
  const { any } = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      { weight: 2, arbitrary: scalar },
      { weight: 1, arbitrary: fc.array(tie("any"), { maxLength: 4 }) },
      {
        weight: 3,
        arbitrary: fc.dictionary(
          fc.oneof(words(keys), words("__proto__ constructor x toString")),
          tie("any"),
          { maxKeys: 8 },
        ),
      },
    ),
  }));
  return any as fc.Arbitrary<unknown>;
}

/** Fields of their usual kind, a few of them replaced by anything. */
const mostly = (usual: Readonly<Record<string, unknown>>, anything: fc.Arbitrary<unknown>) =>
  fc
    .dictionary(fc.constantFrom(...Object.keys(usual)), anything, { maxKeys: 2 })
    .map((odd) => ({ ...usual, ...odd }));

const ADVANCED_KEYS =
  "optimizer scheduler augmentation preprocessing validation preset seed type learning_rate betas milestones T_max warmup_epochs " +
  "random_flip mixup crop_scale image_size resize_mode mean std metrics early_stopping class_weights ema_decay freeze_backbone " +
  "gradient_clip_value gradient_accumulation_steps mixed_precision label_smoothing red green lr";
const ADVANCED = {
  optimizer: { type: "sgd", learning_rate: 0.01, momentum: 0.9, betas: [0.9, 0.99] },
  scheduler: { type: "multistep", milestones: [1], gamma: 0.5, warmup_epochs: 1 },
  augmentation: { enabled: true, mixup: true, crop_scale: [0.5, 1] },
  preprocessing: { image_size: 32, mean: [0.5, 0.5, 0.5], std: [1, 1, 1] },
  validation: { metrics: ["accuracy"], save_best_metric: "accuracy", early_stopping: true },
  class_weights: { red: 1, green: 2 },
  seed: 1,
};
/** Settings that hold, with groups or single settings replaced by anything. */
const advanced = fc.oneof(
  jsonOf(ADVANCED_KEYS),
  fc
    .dictionary(fc.constantFrom(...Object.keys(ADVANCED)), jsonOf(ADVANCED_KEYS), { maxKeys: 1 })
    .map((odd) => ({
      ...ADVANCED,
      ...odd,
    })),
  fc
    .tuple(words("optimizer scheduler augmentation preprocessing validation"), words(ADVANCED_KEYS), scalar)
    .map(([group, name, value]) => ({
      ...ADVANCED,
      [group]: { ...(ADVANCED[group as keyof typeof ADVANCED] as object), [name]: value },
    })),
);

describe("JSON of any shape", () => {
  const config = (datasetId: string) => ({
    framework: "quatrain",
    model_name: "cnn4",
    task_type: "image_classification",
    dataset_id: datasetId,
    epochs: 2,
    batch_size: 8,
    learning_rate: 0.01,
  });

  it("makes a job or is refused", async () => {
    const around = jsonOf("session_id project_id experiment_name tags notes priority visibility config");
    const anything = jsonOf(
      "framework model_name dataset_id dataset_path epochs num_classes advanced_config",
    );
    const bodies = fc.oneof(
      around,
      fc.record({
        config: fc
          .tuple(mostly(config(dataset), anything), advanced)
          .map(([fields, advanced_config]) => ({ ...fields, advanced_config })),
      }),
      fc
        .tuple(mostly({ tags: [], notes: "", experiment_name: "x", project_id: 1 }, anything), advanced)
        .map(([fields, advanced_config]) => ({ ...fields, config: { ...config(dataset), advanced_config } })),
    );
    await fc.assert(
      fc.asyncProperty(bodies, async (json) => {
        expectAnswer(await ask("POST", "/training/jobs", { json: JSON.stringify(json) ?? "null" }));
      }),
      { numRuns: RUNS },
    );
  });

  it("is judged by config/validate", async () => {
    const keys =
      "framework model_name task_type dataset_id epochs batch_size learning_rate advanced_config config";
    const bodies = fc.oneof(
      jsonOf(keys),
      fc
        .tuple(
          mostly({ framework: "timm", model_name: "resnet18", epochs: 3 }, jsonOf(ADVANCED_KEYS)),
          advanced,
        )
        .map(([fields, advanced_config]) => ({ ...fields, advanced_config })),
    );
    await fc.assert(
      fc.asyncProperty(bodies, async (json) => {
        expectAnswer(
          await ask("POST", "/training/config/validate", { json: JSON.stringify(json) ?? "null" }),
        );
      }),
      { numRuns: RUNS },
    );
  });

  it("is taken from a trainer elsewhere, or refused", async () => {
    const anything = jsonOf(
      "epoch step loss accuracy learning_rate learningRate metrics extra extra_metrics message level log_type report perClass " +
        "confusion prCurves calibrationError imagesFile roles file sha256 bytes metric effective requested parameters firstEpoch",
    );
    const report = {
      loss: 1,
      metrics: { accuracy: 0.5 },
      perClass: { red: { precision: 1, recall: 1, f1: 1, support: 1, averagePrecision: 1 } },
      confusion: [
        [1, 0],
        [0, 1],
      ],
      prCurves: { red: { precision: [1], recall: [1], thresholds: [0.5] } },
      calibrationError: 0.1,
    };
    const usual = {
      started: {
        parameters: 1,
        trainImages: 1,
        stepsPerEpoch: 1,
        effective: { seed: { requested: 1, effective: 1 } },
      },
      step: { epoch: 1, step: 1, loss: 1, learningRate: 0.1 },
      epoch_complete: { extra: { f1: 1 } },
      log: { message: "x", level: "info" },
      checkpoint: { roles: ["last"], epoch: 1, file: "a.pt", sha256: "0".repeat(64), bytes: 1, metric: 1 },
    };
    const plain = {
      epoch: 1,
      loss: 1,
      accuracy: 0.5,
      learning_rate: 0.1,
      extra_metrics: { f1: 1 },
      message: "x",
    };
    const typed = Object.entries(usual).map(([event, fields]) =>
      mostly(fields, anything).map((told) => ({ event, data: { ...plain, event: told } })),
    );
    const reported = mostly(report, anything).map((whole) => ({
      event: "validation",
      data: { event: { epoch: 1, report: whole } },
    }));
    const bare = fc
      .tuple(
        words("started epoch_complete log validation checkpoint step x __proto__"),
        mostly(plain, anything),
      )
      .map(([event, data]) => ({ event, data: data as object }));
    const any = fc.record({ event: words("epoch_complete validation log started"), data: anything });
    const count = fc.oneof(
      { weight: 9, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: scalar },
    );
    const headers = { "x-internal-auth": SECRET };
    await fc.assert(
      fc.asyncProperty(fc.oneof(...typed, reported, reported, bare, any), count, async (told, attempt) => {
        const json = { job_id: running, ...told, attempt, sequence: attempt };
        expectAnswer(await ask("POST", "/internal/training/callback", { as: null, json, headers }));
      }),
      { numRuns: 2 * RUNS },
    );
  });

  it("is taken in the older forms, or refused", async () => {
    const keys =
      "epoch step metric_name metric_value loss accuracy learning_rate extra_metrics message content level log_type status " +
      "error_message final_accuracy current_epoch total_epochs metrics progress_percent event_type data timestamp";
    const usual = { epoch: 1, loss: 1, message: "x", status: "running", current_epoch: 1 };
    const headers = { "x-internal-auth": SECRET };
    const forms = [
      ["POST", `/internal/training/${running}/metrics`],
      ["POST", `/internal/training/${running}/logs`],
      ["PATCH", `/internal/training/${running}/status`],
      ["POST", `/training/jobs/${running}/callback/progress`],
      ["POST", `/training/jobs/${running}/callback/logs`],
    ] as const;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...forms),
        mostly(usual, jsonOf(keys)),
        async ([method, path], json) => {
          expectAnswer(await ask(method, path, { as: null, json: { ...json, status: "running" }, headers }));
        },
      ),
      { numRuns: RUNS },
    );
  });
});

describe("forms of any shape", () => {
  const names = fc.oneof(
    words(
      "files file images files[] name description format visibility project_id task_type paths split class_name x __proto__",
    ),
    fc.string({ maxLength: 5 }),
  );
  const paths = fc.oneof(
    words(
      "a/1.png a/2.jpg b/1.png train/a/1.png annotations.json data.yaml labels/1.txt x.zip x .hidden ../x.png /x.png C:\\x.png a//b.png",
    ),
    fc.string({ maxLength: 12, unit: "binary" }),
    fc.array(words("a b .. . train val"), { maxLength: 25 }).map((parts) => parts.join("/")),
  );
  const contents = () =>
    fc.oneof(
      fc.constantFrom(
        picture,
        picture.subarray(0, 40),
        new Uint8Array(),
        zipSync({ "a/1.png": picture, "b/2.png": picture }),
        zipSync({ "../x.png": picture }),
        Buffer.from('{"images": [], "annotations": []}'),
        Buffer.from('{"images": [{"file_name": "a/1.png", "annotation": {"class_name": "__proto__"}}]}'),
        Buffer.from("names: [a, b]\ntrain: images\n"),
        Buffer.from("0 0.5 0.5 0.1 0.1\n"),
        Buffer.from("PK\u0003\u0004"),
      ),
      fc.uint8Array({ maxLength: 60 }),
    );
  const field = fc.tuple(
    names,
    fc.oneof(
      words(
        "x dice imagefolder coco yolo voc auto private public 1 -1 image_classification object_detection train val",
      ),
      fc.string({ maxLength: 10 }),
    ),
  );

  function formOf(
    fields: readonly [string, string][],
    files: readonly [string, Uint8Array, string][],
  ): FormData {
    const form = new FormData();
    for (const [name, value] of fields) form.append(name, value);
    for (const [name, bytes, path] of files) form.append(name, new Blob([new Uint8Array(bytes)]), path);
    return form;
  }

  it("make a dataset or are refused", async () => {
    const files = fc.array(fc.tuple(words("files files images[] x"), contents(), paths), { maxLength: 6 });
    const usual = fc.record({
      name: fc.constant("Fuzz"),
      format: words("dice imagefolder coco yolo voc auto"),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.option(usual),
        fc.array(field, { maxLength: 4 }),
        files,
        async (known, fields, sent) => {
          const answer = await ask("POST", "/datasets", {
            form: formOf([...Object.entries(known ?? {}), ...fields] as [string, string][], sent),
          });
          expectAnswer(answer);
          if (answer.status !== 201) return;
          for (const path of ["", "/images", "/check", "/export?format=dice"]) {
            expectAnswer(await ask("GET", `/datasets/${answer.body.id}${path}`));
          }
          expect((await ask("DELETE", `/datasets/${answer.body.id}`)).status).toBe(200);
        },
      ),
      { numRuns: RUNS },
    );
  });

  it("written by hand, cut off or muddled, are refused", async () => {
    const piece = fc.oneof(
      fc.constantFrom(
        "--B\r\n",
        "--B--\r\n",
        "\r\n",
        'Content-Disposition: form-data; name="files"; filename="a/1.png"\r\n',
        'Content-Disposition: form-data; name="name"\r\n',
        "Content-Disposition: form-data; name*=utf-8''%00; filename*=utf-8''..%2fx\r\n",
        'Content-Disposition: form-data; name="files"; filename="\\"; filename="b"\r\n',
        "Content-Type: application/json\r\n",
        "Content-Transfer-Encoding: base64\r\n",
        "x",
      ),
      fc.string({ maxLength: 6 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 14 }), async (pieces) => {
        const headers = { "content-type": "multipart/form-data; boundary=B" };
        const answer = await ask("POST", "/datasets", { json: pieces.join(""), headers });
        expectAnswer(answer);
        if (answer.status === 201) await ask("DELETE", `/datasets/${answer.body.id}`);
      }),
      { numRuns: RUNS },
    );
  });
});
