import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Answer } from "../support/requests.ts";
import {
  colourPng,
  type Person,
  SECRET,
  type TrainedJob,
  trainColours,
  useTrainingServer,
} from "../support/training-server.ts";
import { expectRefusal, refusedWithoutTrace, settledTraces } from "../support/training-traces.ts";

/** Hostile and clumsy requests to training: refused in the contract's words with a 4xx, survived, without a trace. */

const server = useTrainingServer();
const { ask, url, job, admin } = server;

let { dataset, done } = {} as TrainedJob;
let stranger: Person;
beforeAll(async () => {
  ({ dataset, done } = await trainColours(server));
  stranger = await server.member("stranger");
});

afterEach(() => {
  expect(server.server().stderr()).not.toMatch(/"level":50/);
});

const settings = (more: object = {}) => ({
  framework: "quatrain",
  model_name: "cnn4",
  task_type: "image_classification",
  dataset_id: dataset.id,
  ...more,
});
const make = (more: object, around: object = {}) =>
  ask("POST", "/training/jobs", { json: { ...around, config: settings(more) } });
/** A body of JSON that is sent as it is. */
const send = (path: string, json: string, headers: Record<string, string> = {}) =>
  ask("POST", path, { json, headers });

describe("a body", () => {
  const PATHS = ["/training/jobs", "/training/config/validate", "/datasets", "/projects", "/auth/login"];
  const deep = `{"config": ${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}}`;

  it.each([
    ["of ten thousand levels", deep, 400],
    ["of ten thousand lists", `[${"[".repeat(10_000)}`, 400],
    ["that is a list", "[1, 2]", 400],
    ["that is a text", '"text"', 400],
    ["that is null", "null", 400],
    ["that is cut off", '{"config": {', 400],
    ["with a text after it", "{} {}", 400],
    ["with a bare word", '{"config": undefined}', 400],
    ["with an unpaired surrogate in a name", '{"name": "\\ud800", "email": "\\ud800", "config": {}}', 422],
  ])("%s is refused everywhere", async (_, json, status) => {
    for (const path of PATHS) {
      if (path === "/training/config/validate" && status === 422) continue;
      expectRefusal(await send(path, json), status, "VALIDATION_ERROR");
    }
  });

  it("larger than an endpoint takes is refused unread", async () => {
    const large = `{"notes": "${"x".repeat(2 * 2 ** 20)}"}`;
    for (const path of PATHS) expectRefusal(await send(path, large), 413, "TOO_LARGE");
    const enormous = Buffer.alloc(100 * 2 ** 20, 0x20);
    const { status } = await fetch(url("/api/v1/training/jobs"), {
      method: "POST",
      body: enormous,
      headers: admin().headers,
    }).catch(() => ({ status: 413 })); // the server may close before all of it is sent
    expect(status).toBe(413);
  });

  it("that is no UTF-8, or of another kind, is refused", async () => {
    const bytes = Buffer.from('{"name": "\xff\xfe"}', "latin1");
    const headers = { ...admin().headers, "content-type": "application/json" };
    const answer = await fetch(url("/api/v1/projects"), { method: "POST", body: bytes, headers });
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([
      400,
      "VALIDATION_ERROR",
    ]);
    const form = new FormData();
    form.set("config", "{}");
    expectRefusal(await ask("POST", "/training/jobs", { form }), 400, "VALIDATION_ERROR");
    for (const type of [
      "multipart/form-data",
      "multipart/form-data; boundary=",
      "multipart/mixed; boundary=x",
    ]) {
      const broken = await ask("POST", "/datasets", { json: "{}", headers: { "content-type": type } });
      expect([400, 415, 422], `${type}: ${JSON.stringify(broken.body)}`).toContain(broken.status);
      expectRefusal(broken, broken.status, broken.body.code);
    }
  });
});

describe("numbers, ids and texts", () => {
  const NUMBERS = [
    "1e309",
    "-1",
    "0",
    "1.5",
    '"x"',
    "null",
    "true",
    "[]",
    "{}",
    '"NaN"',
    "NaN",
    "Infinity",
    "1e308",
  ];

  it.each(["epochs", "batch_size", "learning_rate", "num_classes"])("%s takes no nonsense", async (field) => {
    for (const number of NUMBERS) {
      const json = JSON.stringify({ config: settings({ [field]: "NUMBER" }) }).replace('"NUMBER"', number);
      const answer = await send("/training/jobs", json);
      const isAbsent = number === "null" && field === "num_classes";
      if (isAbsent) expect(answer.status).toBe(201);
      else expectRefusal(answer, 422, "VALIDATION_ERROR", field);
    }
  });

  it.each([
    "0",
    "-1",
    "1.5",
    "9007199254740993",
    "1e400",
    "x",
    "1%20or%201=1",
    "%27%3B--",
    "..",
    "%2e%2e%2f1",
    "null",
  ])("the job %s is none", async (id) => {
    for (const [method, path] of [
      ["GET", `/training/jobs/${id}/metrics`],
      ["GET", `/training/jobs/${id}/logs`],
      ["POST", `/training/jobs/${id}/start`],
      ["POST", `/training/stop/${id}`],
      ["DELETE", `/training/jobs/${id}/checkpoints/x`],
      ["GET", `/validation/results/${id}`],
      ["GET", `/validation/images/${id}`],
      ["GET", `/validation/images/1/${id}/file`],
    ] as const) {
      const answer = await ask(method, path);
      expect([404, 405, 422], `${method} ${path}`).toContain(answer.status);
      expectRefusal(answer, answer.status, answer.body.code);
    }
  });

  it("datasets of any id are looked for, and not found", async () => {
    for (const id of ["x", "__proto__", "%25", "'%20or%201=1", "..%2f..", "0".repeat(99), "%F0%9F%90%88"]) {
      for (const [method, path] of [
        ["GET", ""],
        ["DELETE", ""],
        ["GET", "/images"],
        ["GET", "/check"],
        ["GET", "/export"],
      ] as const) {
        const answer = await ask(method, `/datasets/${id}${path}`);
        expectRefusal(answer, 404, "DATASET_NOT_FOUND");
      }
    }
    expectRefusal(await ask("GET", `/datasets/${"x".repeat(200)}`), 422, "VALIDATION_ERROR");
    expectRefusal(await ask("GET", `/datasets/a%00b`), 422, "VALIDATION_ERROR");
    expectRefusal(await ask("GET", "/datasets/%ff"), 400, "BAD_PATH");
  });

  it("lists page within bounds", async () => {
    const lists = [
      "/datasets",
      "/datasets/available",
      "/training/jobs",
      "/projects",
      `/datasets/${dataset.id}/images`,
    ];
    for (const path of lists) {
      for (const query of [
        "skip=-1",
        "limit=0",
        "limit=-5",
        "limit=1001",
        "limit=1e9",
        "skip=1.5",
        "skip=x",
        "skip=1e400",
      ]) {
        expectRefusal(await ask("GET", `${path}?${query}`), 422, "VALIDATION_ERROR", query.split("=")[0]);
      }
      const far = await ask("GET", `${path}?skip=9007199254740991&limit=1000`);
      expect(far.status).toBe(200);
      const repeated = await ask("GET", `${path}?limit=1&limit=2&limit[]=x&limit[$gt]=1&__proto__[x]=1`);
      expect([repeated.status, repeated.body.limit]).toEqual([200, 2]);
    }
    for (const query of ["sort=id;drop", "sort=__proto__", "order=up", "status=x", "project_id=0"]) {
      expectRefusal(await ask("GET", `/training/jobs?${query}`), 422, "VALIDATION_ERROR");
    }
  });

  it("searches mean their letters, whatever they mean to a database", async () => {
    const names = ["100% wool_x", "100 wool x", "it's; drop table x; --", "back\\slash", "*", "[a-z]"];
    const ids = new Map<string, string>();
    for (const name of names) {
      ids.set(name, (await ask("POST", "/datasets", { json: { name } })).body.id);
      await make({}, { experiment_name: name });
    }
    for (const [word, found] of [
      ["%", ["100% wool_x"]],
      ["_", ["100% wool_x"]],
      ["0% w", ["100% wool_x"]],
      ["'; drop", []],
      ["'s; DROP", ["it's; drop table x; --"]],
      ["\\", ["back\\slash"]],
      ["\\%", []],
      ["*", ["*"]],
      ["[a-z]", ["[a-z]"]],
      ["%%%%", []],
    ] as const) {
      const query = `?search=${encodeURIComponent(word)}`;
      const datasets = (await ask("GET", `/datasets${query}`)).body.datasets;
      expect([word, datasets.map(({ name }: { name: string }) => name)]).toEqual([word, found]);
      const { jobs } = (await ask("GET", `/training/jobs${query}`)).body;
      expect(jobs.map((entry: Record<string, string>) => entry.experiment_name)).toEqual(found);
    }
    for (const id of ids.values()) await ask("DELETE", `/datasets/${id}`);
  });
});

describe("advanced_config", () => {
  it("of keys that mean prototypes changes nobody's settings", async () => {
    const validate = () => ask("POST", "/training/config/validate", { json: {} });
    const before = (await validate()).body;
    for (const advanced of [
      '{"__proto__": {"seed": 666, "polluted": true}}',
      '{"constructor": {"prototype": {"polluted": true}}}',
      '{"optimizer": {"__proto__": {"type": "sgd"}, "constructor": 1}}',
      '{"prototype": {}, "toString": 1, "hasOwnProperty": {"x": 1}, "valueOf": null}',
      '{"preset": "__proto__"}',
      '{"augmentation": {"__proto__": {"enabled": true}}, "scheduler": {"type": "constructor"}}',
      '{"class_weights": {"__proto__": 5}}',
    ]) {
      const json = JSON.stringify({ config: settings({ advanced_config: "ADVANCED" }) });
      const answer = await send("/training/jobs", json.replace('"ADVANCED"', advanced));
      expect([201, 422], JSON.stringify(answer.body)).toContain(answer.status);
      if (answer.status === 201) expect(answer.body.effective_config.seed?.effective).not.toBe(666);
      const judged = await send("/training/config/validate", `{"advanced_config": ${advanced}}`);
      expect(judged.status).toBe(200);
    }
    expect((await validate()).body).toEqual(before);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it("of the wrong type, at each of its settings, is refused by the setting's name", async () => {
    const { fields } = (await ask("GET", "/training/config-schema?framework=quatrain")).body.schema;
    expect(fields.length).toBeGreaterThan(60);
    const wrong = [{}, [], [{}], "\u0000", "x".repeat(10_000), 1e308, -1e308, { __proto__: null, a: [] }];
    for (const { name } of fields as { name: string }[]) {
      const [group, setting] = name.split(".");
      const nest = (value: unknown) =>
        setting === undefined ? { [group!]: value } : { [group!]: { [setting]: value } };
      for (const value of wrong) {
        const answer = await make({ advanced_config: nest(value) });
        expect([201, 422], `${name} = ${JSON.stringify(value).slice(0, 50)}`).toContain(answer.status);
        if (answer.status === 422) {
          expectRefusal(answer, 422, "VALIDATION_ERROR");
          expect(answer.body.field).toMatch(/^advanced_config\./);
        } else await ask("DELETE", `/training/jobs/${answer.body.id}`);
      }
    }
  }, 120_000);

  it("of no end is refused", async () => {
    const deep = (levels: number) => JSON.parse(`${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`);
    expectRefusal(await make({ advanced_config: deep(100) }), 400, "VALIDATION_ERROR");
    const { status, body } = await make({ advanced_config: deep(50) });
    expect([status, body.warnings.length]).toEqual([201, 1]);
    const wide = Object.fromEntries(Array.from({ length: 30_000 }, (_, at) => [`key ${at}`, at]));
    const many = await make({ advanced_config: wide });
    expect([201, 422]).toContain(many.status);
    expect(JSON.stringify(many.body).length).toBeLessThan(3_000_000);
    for (const advanced_config of [[], "x", 1, true, [[]]]) {
      expectRefusal(await make({ advanced_config }), 422, "VALIDATION_ERROR", "advanced_config");
    }
  });
});

describe("a folder of the server", () => {
  it("that a refused job names leaves no dataset behind", async () => {
    const folder = join(server.root(), "refused");
    for (const [at, name] of ["a", "b"].entries()) {
      await mkdir(join(folder, name), { recursive: true });
      const png = await (await colourPng(at, 40 + at)).arrayBuffer();
      await writeFile(join(folder, name, "1.png"), new Uint8Array(png));
    }
    const named = { dataset_id: null, dataset_path: folder };
    for (const wrong of [
      { num_classes: 9 },
      { task_type: "object_detection" },
      { dataset_format: "parquet" },
      { dataset_format: "coco" },
      { advanced_config: { optimizer: { type: "x" } } },
    ]) {
      const before = await settledTraces(server);
      const answer = await make({ ...named, ...wrong });
      expect([400, 422], JSON.stringify(wrong)).toContain(answer.status);
      expectRefusal(answer, answer.status, answer.body.code);
      await expect.poll(() => settledTraces(server)).toEqual(before);
    }
    expect((await make(named)).status).toBe(201);
  });

  it("that is too deep is refused", async () => {
    const folder = join(server.root(), "deep");
    const bottom = join(folder, ...Array.from({ length: 25 }, () => "d"));
    await mkdir(bottom, { recursive: true });
    const deep = () => make({ dataset_id: null, dataset_path: folder });
    await refusedWithoutTrace(server, deep, 413, "TOO_DEEP");
  });
});

describe("checkpoints", () => {
  const ways = (path: string) => [
    "../../../../etc/passwd",
    "/etc/passwd",
    "..%2f..%2fetc%2fpasswd",
    "%2e%2e/%2e%2e/quatrain.db",
    "file:///etc/passwd",
    "\\\\host\\share\\x",
    `${path}/../../../../../quatrain.db`,
    path.replace(/[^/]+$/, "../../../../quatrain.db"),
    path.replace(/[^/]+$/, ""),
    `${path}%00.safetensors`,
    `${path}\\`,
    path.replace("outputs/", "outputs//"),
    path.replace("outputs/", "blobs/../outputs/"),
    "__proto__",
    "x".repeat(4_000),
  ];

  it("are named by paths that lead nowhere else", async () => {
    const mine = await job({ dataset_id: dataset.id }, { project_id: 4 });
    for (const path of ways(done.best_checkpoint_path)) {
      const encoded = encodeURIComponent(path);
      const started = await ask("POST", `/training/jobs/${mine.id}/start?checkpoint_path=${encoded}`);
      expect([404, 422], `${path}: ${JSON.stringify(started.body)}`).toContain(started.status);
      if (started.status === 404) expectRefusal(started, 404, "CHECKPOINT_NOT_FOUND");
      const predicted = await infer({ checkpoint_path: path });
      expect([404, 422], path).toContain(predicted.status);
    }
    expect((await ask("GET", `/training/jobs/${mine.id}`)).body.status).toBe("pending");
  });

  it("of other people are as good as absent", async () => {
    const theirs = await ask("POST", "/datasets", { as: stranger, form: await twoColours() });
    const { id } = await job({ dataset_id: theirs.body.id }, {}, stranger);
    const path = encodeURIComponent(done.best_checkpoint_path);
    const start = await ask("POST", `/training/jobs/${id}/start?checkpoint_path=${path}`, { as: stranger });
    expectRefusal(start, 404, "CHECKPOINT_NOT_FOUND");
    const named = { training_job_id: String(id), checkpoint_path: done.best_checkpoint_path };
    expectRefusal(await infer(named, undefined, stranger), 404, "CHECKPOINT_NOT_FOUND");
    expectRefusal(await infer({}, undefined, stranger), 404, "JOB_NOT_FOUND");
    expectRefusal(
      await ask("GET", `/training/jobs/${done.id}/checkpoints`, { as: stranger }),
      404,
      "JOB_NOT_FOUND",
    );
  });

  it("are fetched, exported and deleted by plain names only", async () => {
    for (const name of [
      "..",
      "%2e%2e",
      "..%2f..%2fquatrain.db",
      "%2fetc%2fpasswd",
      "x.safetensors",
      "a%5cb",
      "%00",
      "%C3%A9",
    ]) {
      for (const method of ["GET", "DELETE"]) {
        const answer = await raw(method, `/api/v1/training/jobs/${done.id}/checkpoints/${name}`);
        expect([400, 404, 405, 422], `${method} ${name}`).toContain(answer.status);
      }
      const exported = await raw("GET", `/api/v1/training/jobs/${done.id}/export?checkpoint=${name}`);
      expect([404, 422], name).toContain(exported.status);
    }
    expect((await ask("GET", `/training/jobs/${done.id}/checkpoints`)).body.checkpoints).toHaveLength(2 + 1);
    expect((await readFile(join(server.dataDir(), "quatrain.db"))).length).toBeGreaterThan(0);
  });
});

describe("test-inference", () => {
  it("takes pictures only, at most 64 of them", async () => {
    const good = await colourPng(0, 1);
    expect((await infer({}, [good])).status).toBe(200);
    expectRefusal(await infer({}, []), 422, "VALIDATION_ERROR", "file");
    const many = Array.from({ length: 65 }, () => good);
    await refusedWithoutTrace(server, () => infer({}, many), 422, "VALIDATION_ERROR");
    for (const bytes of ["", "text", "<svg/>", "GIF89a", "%PDF-1.4", "PK\u0003\u0004"]) {
      const answer = await infer({}, [new Blob([bytes])]);
      expect([bytes, answer.status]).toEqual([bytes, 400]);
      expectRefusal(answer, 400, answer.body.code);
    }
    const { status, body } = await infer({}, [good, new Blob(["no picture"]), good]);
    expect(status).toBe(200);
    const errors = body.results.map(({ error }: { error: string | null }) => error);
    expect(errors).toEqual([null, expect.stringMatching(/none of png/), null]);
  });

  it.each([
    [{ confidence_threshold: "NaN" }, "confidence_threshold"],
    [{ confidence_threshold: "-0.1" }, "confidence_threshold"],
    [{ confidence_threshold: "1e999" }, "confidence_threshold"],
    [{ top_k: "0" }, "top_k"],
    [{ top_k: "1e9" }, "top_k"],
    [{ epoch: "0" }, "epoch"],
    [{ training_job_id: "x" }, "training_job_id"],
    [{ training_job_id: "-1" }, "training_job_id"],
  ])("refuses %j", async (fields, field) => {
    expectRefusal(await infer(fields), 422, "VALIDATION_ERROR", field);
  });

  it("knows no other jobs", async () => {
    expectRefusal(await infer({ training_job_id: "9007199254740991" }), 404, "JOB_NOT_FOUND");
    expectRefusal(await infer({ epoch: "999" }), 404, "CHECKPOINT_NOT_FOUND");
  });
});

describe("callbacks", () => {
  const call = (body: unknown, secret = SECRET) =>
    ask("POST", "/internal/training/callback", {
      as: null,
      json: body,
      headers: secret === "" ? {} : { "x-internal-auth": secret },
    });
  const running = async () => {
    const { id } = await job({ dataset_id: dataset.id });
    expect((await call({ job_id: id, event: "started", data: {} })).status).toBe(200);
    return id as number;
  };

  it("need the secret or the job's own token, and tell a stranger nothing", async () => {
    const [first, second] = [await running(), await running()];
    const database = new DatabaseSync(join(server.dataDir(), "quatrain.db"));
    const give = database.prepare("update training_jobs set callback_token = ? where id = ?");
    for (const id of [first, second]) give.run(createHash("sha256").update(`token ${id}`).digest("hex"), id);
    database.close();
    const log = (id: number) => ({ job_id: id, event: "log", data: { message: "hello" } });
    expect((await call(log(first), `token ${first}`)).status).toBe(200);
    expectRefusal(await call(log(second), `token ${first}`), 403, "FORBIDDEN");
    expectRefusal(await call(log(first), `${SECRET}x`), 403, "FORBIDDEN");
    expectRefusal(await call(log(first), SECRET.slice(0, -1)), 403, "FORBIDDEN");
    expectRefusal(await call(log(first), ""), 401, "UNAUTHORIZED");
    expectRefusal(await call(log(99_999), "wrong"), 403, "FORBIDDEN");
    for (const path of ["manifest", `blobs/${"0".repeat(64)}`, "checkpoints/x"]) {
      const headers = { "x-internal-auth": `token ${first}` };
      const answer = await ask("GET", `/internal/training/${second}/${path}`, { as: null, headers });
      expectRefusal(answer, 403, "FORBIDDEN");
    }
  });

  it("know their events, and no inherited ones", async () => {
    const id = await running();
    for (const event of [
      "",
      "x",
      "__proto__",
      "constructor",
      "toString",
      "hasOwnProperty",
      "valueOf",
      "STARTED",
      "log ",
    ]) {
      expectRefusal(await call({ job_id: id, event, data: {} }), 422, "VALIDATION_ERROR", "event");
    }
    for (const status of ["", "x", "__proto__", "constructor"]) {
      const answer = await ask("PATCH", `/internal/training/${id}/status`, {
        as: null,
        json: { status },
        headers: { "x-internal-auth": SECRET },
      });
      expectRefusal(answer, 422, "VALIDATION_ERROR", "status");
    }
  });

  it("of figures that are none leave rows that can be read", async () => {
    const id = await running();
    for (const data of [
      { epoch: -1 },
      { epoch: 1.5 },
      { epoch: 1e308 },
      { epoch: "1" },
      { epoch: null },
      { epoch: [] },
      { epoch: {} },
      {},
    ]) {
      expectRefusal(await call({ job_id: id, event: "epoch_complete", data }), 422);
    }
    for (const value of [
      "NaN",
      "Infinity",
      "1e400",
      "-1e400",
      '"x"',
      "[1]",
      "{}",
      "true",
      "1e308",
      '"1.5"',
    ]) {
      const json = JSON.stringify({
        job_id: id,
        event: "epoch_complete",
        data: {
          epoch: 1,
          loss: "V",
          accuracy: "V",
          learning_rate: "V",
          extra_metrics: { a: "V", __proto__: null },
        },
      });
      expect((await call(json.replaceAll('"V"', value))).status, value).toBe(200);
    }
    await readsWell(id);
  });

  it("of reports that are none leave rows that can be read", async () => {
    const id = await running();
    const junk = [
      null,
      1,
      "x",
      [],
      {},
      [[]],
      { a: 1 },
      { metrics: 1 },
      { metrics: { accuracy: "x" } },
      -1,
      1e308,
    ];
    for (const report of junk) {
      for (const event of [
        { type: "validation", epoch: 1, report },
        {
          type: "validation",
          epoch: 1,
          report: { metrics: {}, loss: report, perClass: report, confusion: report },
        },
        { type: "validation", epoch: 1, report: { metrics: {}, prCurves: report, calibrationError: report } },
        { type: "validation", epoch: report, report: { metrics: { accuracy: 1 } }, imagesFile: "none.jsonl" },
        { type: "started", parameters: report, stepsPerEpoch: report, effective: report, firstEpoch: report },
        { type: "step", epoch: report, step: report, loss: report },
        { type: "checkpoint", roles: report, file: report, epoch: report, sha256: report, bytes: report },
        { type: "epoch", epoch: report, extra: report },
        report,
      ]) {
        for (const name of ["validation", "started", "step", "checkpoint", "epoch_complete"]) {
          const answer = await call({ job_id: id, event: name, data: { epoch: 1, event } });
          expect([200, 422], `${name} ${JSON.stringify(event)}`).toContain(answer.status);
        }
      }
    }
    await readsWell(id);
  });

  it("of files that lead elsewhere, or were never sent, are refused", async () => {
    const id = await running();
    const headers = { ...{ "x-internal-auth": SECRET }, "content-type": "application/octet-stream" };
    const before = await settledTraces(server);
    for (const name of [
      "..",
      "%2e%2e",
      "..%2f..%2fx.pt",
      "%2fetc%2fx",
      "a%2fb",
      "a%5cb",
      ".hidden",
      "%00",
      "x".repeat(250),
      "%C3%A9.pt",
      "a%20b",
    ]) {
      const answer = await raw(
        "PUT",
        `/api/v1/internal/training/${id}/checkpoints/${name}`,
        headers,
        "content",
      );
      expect([400, 404, 405, 414, 422], name).toContain(answer.status);
    }
    const lying = { ...headers, "x-content-sha256": "0".repeat(64) };
    const wrong = await raw("PUT", `/api/v1/internal/training/${id}/checkpoints/a.pt`, lying, "content");
    expect([wrong.status, JSON.parse(wrong.body).code]).toEqual([400, "CHECKSUM_MISMATCH"]);
    await expect.poll(() => settledTraces(server)).toEqual(before);
    for (const file of ["../../../quatrain.db", "/etc/passwd", "absent.pt", "..", "a/b", "x\u0000"]) {
      for (const [name, event] of [
        ["checkpoint", { roles: ["last"], epoch: 1, file, sha256: "0".repeat(64), bytes: 7 }],
        ["validation", { epoch: 1, report: { metrics: {} }, imagesFile: file }],
      ] as const) {
        const answer = await call({ job_id: id, event: name, data: { epoch: 1, event } });
        if (name === "checkpoint") expectRefusal(answer, 422, "VALIDATION_ERROR");
        else expect([200, 422], file).toContain(answer.status);
      }
    }
    await readsWell(id);
  });

  it("of megabytes are taken up to a bound, and shown whole", async () => {
    const id = await running();
    const message = "é".repeat(100_000);
    expect((await call({ job_id: id, event: "log", data: { message } })).status).toBe(200);
    const huge = await call({ job_id: id, event: "log", data: { message: "x".repeat(2_000_000) } });
    expect([200, 422]).toContain(huge.status);
    const traceback = "x".repeat(900_000);
    expect((await call({ job_id: id, event: "failed", data: { message, traceback } })).status).toBe(200);
    await readsWell(id);
    const beyond = Buffer.alloc(65 * 2 ** 20, 0x20);
    const { status } = await fetch(url("/api/v1/internal/training/callback"), {
      method: "POST",
      body: beyond,
      headers: { "x-internal-auth": SECRET },
    }).catch(() => ({ status: 413 }));
    expect(status).toBe(413);
  });

  it("of control characters are kept as texts", async () => {
    const id = await running();
    const message = "a\u0000b\u001b[31mred\r\n\u2028\ud800";
    const answer = await call({ job_id: id, event: "log", data: { message, log_type: "std\u0000out" } });
    expect([200, 422], JSON.stringify(answer.body)).toContain(answer.status);
    await readsWell(id);
  });
});

/** Everything that is shown of a job answers. */
async function readsWell(id: number): Promise<void> {
  for (const path of ["", "/metrics", "/metrics/steps", "/logs", "/checkpoints", "/steps"]) {
    const answer = await ask("GET", `/training/jobs/${id}${path}`);
    expect([200, 404], `${path}: ${JSON.stringify(answer.body).slice(0, 300)}`).toContain(answer.status);
  }
  expect((await ask("GET", "/training/jobs?limit=1000")).status).toBe(200);
  const results = await ask("GET", `/validation/results/${id}`);
  expect(results.status, JSON.stringify(results.body).slice(0, 300)).toBe(200);
  for (const { id: validation } of results.body.results) {
    expect((await ask("GET", `/validation/images/${validation}`)).status).toBe(200);
  }
}

async function infer(
  fields: Readonly<Record<string, string>>,
  files?: readonly Blob[],
  as = admin(),
): Promise<Answer> {
  const form = new FormData();
  for (const [name, value] of Object.entries({ training_job_id: String(done.id), ...fields }))
    form.set(name, value);
  for (const file of files ?? [await colourPng(0, 0)]) form.append("file", file, "x.png");
  return ask("POST", "/test-inference", { form, as });
}

async function twoColours(): Promise<FormData> {
  const form = new FormData();
  form.set("name", "Theirs");
  form.set("format", "imagefolder");
  for (const at of [0, 1]) form.append("files", await colourPng(at, at), `${at}/1.png`);
  return form;
}

/** A request whose path is sent as it is. */
function raw(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>> = admin().headers,
  body = "",
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url("/"));
    const sent = request({ method, hostname, port, path, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body: text }));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}
