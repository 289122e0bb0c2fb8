import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { demonstrateTraining } from "../../src/cli/demo/training.ts";
import { drawPart, PART_KINDS } from "../../src/cli/demo/training-parts.ts";
import { QuatrainClient } from "../../src/client/index.ts";
import { encodePng } from "../../src/ml/images/edit-picture.ts";
import { runCommand, type ServerProcess, startServer } from "../support/server-process.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** training's command line as a person uses it: beside a running server, and on a folder that nobody holds. */

const EACH = 12;
const QUICK = ["--epochs", "2", "--batch-size", "8", "--set", "preprocessing.image_size=32"];

/** Pictures of three kinds of parts, in a folder for each kind, and what a dataset's folder has besides. */
async function partsFolder(each = EACH): Promise<string> {
  const folder = join(await temporaryFolder(), "parts");
  for (const [at, kind] of PART_KINDS.entries()) {
    for (let index = 0; index < each; index++)
      await put(join(folder, kind, `${index}.png`), await encodePng(drawPart(kind, 1_000 * at + index), 3));
  }
  return folder;
}

async function put(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}

/** Starts a command, and sends it Ctrl-C as soon as it has said something. */
async function interrupted(args: readonly string[], saidBefore: RegExp) {
  const child = spawn(process.execPath, ["src/main.ts", ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    const before = saidBefore.test(stderr);
    stderr += chunk.toString();
    if (!before && saidBefore.test(stderr)) child.kill("SIGINT");
  });
  const [code] = (await once(child, "close")) as [number | null];
  return { code, stdout, stderr };
}

it("says what has arrived when an import is interrupted", async () => {
  let importing: ReturnType<typeof spawn> | undefined;
  const server = createServer((request, response) => {
    if (request.url === "/api/v1/datasets") request.resume().on("end", () => response.end('{"id": "d1"}'));
    else importing?.kill("SIGINT"); // and never an answer
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const folder = await temporaryFolder();
  for (let index = 0; index < 501; index++) await put(join(folder, "a", `${index}.png`), "x");
  importing = spawn(
    process.execPath,
    ["src/main.ts", "training", "dataset", "import", folder, "--url", url],
    {
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  const [stderr, [code]] = await Promise.all([
    text(importing.stderr as Readable),
    once(importing, "close") as Promise<[number | null]>,
  ]);
  expect(code, stderr).toBe(130);
  expect(stderr).toMatch(/dataset d1 holds the first 500 of 501 files: .* --into d1 completes it/);
});

describe("beside a running server", () => {
  let server: ServerProcess;
  let dataDir: string;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "quatrain-cli-training-"));
    server = await startServer({ dataDir, options: ["--only", "training"] });
  });
  afterAll(async () => {
    expect(await server.end("SIGTERM")).toMatchObject({ code: 0 });
    await rm(dataDir, { recursive: true, force: true });
  });

  const run = (...args: string[]) => runCommand(["training", ...args, "--data", dataDir]);
  const json = async (...args: string[]) => {
    const result = await run(...args, "--json");
    expect(result, result.stderr).toMatchObject({ code: 0 });
    return JSON.parse(result.stdout);
  };
  const imported = async (each = EACH): Promise<string> =>
    (await json("dataset", "import", await partsFolder(each))).id;

  it("imports a folder and tells what it holds; lists, checks, exports and deletes it", {
    timeout: 120_000,
  }, async () => {
    const folder = await partsFolder();
    await put(join(folder, ".hidden", "x.png"), "no picture");
    await put(join(folder, "weights.pt"), "something else");
    await put(join(folder, "nut", "broken.png"), "no picture");
    await symlink(join(folder, "nut"), join(folder, "link"));
    const result = await run("dataset", "import", folder);
    expect(result, result.stderr).toMatchObject({ code: 0 });
    expect(result.stdout).toMatch(/dataset \S+: parts \((auto|imagefolder), image classification, private\)/);
    expect(result.stdout).toMatch(/class +train +val +total\nbolt +\d+ +\d +12\n/);
    expect(result.stdout).toMatch(/problems: 1\n +nut\/broken\.png: /);
    expect(result.stderr).toMatch(/left out: 1 file that are neither .*, 1 symbolic link/);
    const id = /dataset train (\S+)|training train (\S+)/.exec(result.stdout)?.[2] ?? "";
    expect((await run("dataset", "list", "--search", "parts")).stdout).toContain(id);
    expect((await json("dataset", "show", id)).class_distribution).toEqual({ bolt: 12, nut: 12, washer: 12 });
    const check = await run("dataset", "check", id);
    expect(check.stdout).toMatch(/largest class over smallest: 1\.00\nduplicates: 0/);

    const archive = join(await temporaryFolder(), "parts.zip");
    expect(await json("dataset", "export", id, "-o", archive, "--format", "dice")).toMatchObject({
      file: archive,
      bytes: (await stat(archive)).size,
    });
    const again = await json("dataset", "import", archive, "--name", "Again", "--public");
    expect(again).toMatchObject({ name: "Again", visibility: "public", image_count: 36, num_classes: 3 });
    const more = await json("dataset", "import", await partsFolder(13), "--into", id);
    expect(more).toMatchObject({ id, image_count: 39 });
    expect((await run("dataset", "delete", again.id)).stdout).toBe(`deleted ${again.id}\n`);
    expect(await run("dataset", "show", again.id)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/not found/i),
    });
  });

  it("trains and follows to the end, then predicts, explains and exports", { timeout: 120_000 }, async () => {
    const id = await imported();
    const settings = ["--lr", "0.002", "--set", "optimizer.type=sgd", "--set", "mixed_precision=true"];
    const trained = await run("train", id, ...QUICK, ...settings, "--name", "First");
    expect(trained, trained.stderr).toMatchObject({ code: 0 });
    expect(trained.stderr).toMatch(/epoch 1\/2 +loss \S+ +accuracy \S+ % +lr 0\.002/);
    expect(trained.stderr).toMatch(/epoch 2\/2 /);
    const job = /job (\d+) completed after epoch 2 of 2\nbest: accuracy/.exec(trained.stdout)?.[1] ?? "";
    expect(job).not.toBe("");

    const shown = await run("show", job);
    expect(shown.stdout).toMatch(/^job \d+: First\n +status +completed/);
    expect(shown.stdout).toMatch(/optimizer\.type +sgd +sgd/);
    expect(shown.stdout).toMatch(/mixed_precision +true +false +\S+/);
    expect((await run("jobs", "--status", "completed")).stdout).toMatch(/completed +cnn4 .* 2\/2 +accuracy/);
    expect((await run("logs", job, "--tail", "2")).stdout.trim().split("\n")).toHaveLength(2);
    expect((await run("logs", job, "-f")).code).toBe(0);
    const results = await run("results", job, "--epoch", "2");
    expect(results.stdout).toMatch(/^epoch 2, \d+ pictures: loss /);
    expect(results.stdout).toMatch(/true \\ predicted +#1 +#2 +#3\n#1 bolt /);
    expect((await run("results", job, "--epoch", "9")).stderr).toMatch(/not validated in epoch 9/);

    const folder = await partsFolder(1);
    const paths = PART_KINDS.map((kind) => join(folder, kind, "0.png"));
    const predicted = await json("predict", job, ...paths, "--top-k", "2");
    expect(predicted.map(({ file }: { file: string }) => file)).toEqual(paths);
    for (const { predictions } of predicted) expect(predictions).toHaveLength(2);
    await put(join(folder, "broken.png"), "no picture");
    const partly = await run("predict", job, join(folder, "broken.png"), ...paths);
    expect(partly).toMatchObject({ code: 1, stdout: expect.stringMatching(/broken\.png +failed: /) });
    expect((await run("predict", job, join(folder, "bolt"))).stdout).toMatch(
      /bolt\/0\.png +(bolt|nut|washer)/,
    );

    const model = join(await temporaryFolder(), "model.onnx");
    await json("export", job, "-o", model);
    expect((await readFile(model)).includes("washer")).toBe(true);
    expect((await run("delete", job)).code).toBe(0);
    expect((await run("show", job)).code).toBe(1);
  });

  it("comes back from Ctrl-C with the job still running; it is watched again, stopped and resumed", {
    timeout: 120_000,
  }, async () => {
    const id = await imported();
    const long = [...QUICK, "--epochs", "1000"];
    const left = await interrupted(["training", "train", id, ...long, "--data", dataDir], /epoch +1\/1000/);
    expect(left.code).toBe(130);
    const job = /job (\d+) goes on without this command/.exec(left.stderr)?.[1] ?? "";
    expect((await json("show", job)).status).toBe("running");
    expect((await run("queue")).stdout).toMatch(new RegExp(`1 running, 0 waiting\\n\\n.*\\n${job} +running`));
    expect(await run("delete", job)).toMatchObject({ code: 1 });

    const watched = await interrupted(
      ["training", "follow", job, "--stop-on-interrupt", "--data", dataDir],
      /epoch/,
    );
    expect(watched.code).toBe(130);
    expect(watched.stdout).toMatch(
      /job \d+ stopped after epoch \d+ of 1000[\s\S]*go on: quatrain training start/,
    );
    const started = await json("start", job, "--resume", "--detach");
    expect(["running", "queued"]).toContain(started.status);
    expect((await run("stop", job)).stdout).toMatch(/is stopped/);
    expect((await run("follow", job)).code).toBe(1);
  });

  it("says what is wrong in the user's words", { timeout: 120_000 }, async () => {
    const folder = await partsFolder(1);
    expect(await run("train", folder.slice(1))).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/dataset import/),
    });
    expect((await run("train", "no-such-dataset")).stderr).toMatch(/not found/i);
    const id = await imported(5);
    const wrong = await run("train", id, "--set", "optimizer.betas=2,3", "--epochs", "0");
    expect(wrong).toMatchObject({ code: 1, stderr: expect.stringMatching(/epochs/) });
    expect((await run("train", id, "--set", "optimizer.type=sgdd")).stderr).toMatch(/optimizer\.type/);
    expect((await run("train", id, "--set", "optimizer")).stderr).toMatch(/NAME=VALUE/);
    expect((await run("train", id, "--model", "resnet999")).stderr).toMatch(/choose one of .*cnn4/);
    expect((await run("logs", "999")).stderr).toMatch(/999 not found/);
    expect((await run("follow", "abc")).code).toBe(1);
    expect((await run("dataset", "import", "/no/such")).stderr).toBe("quatrain: There is no /no/such\n");
    await put(join(folder, "a.tar"), "no archive");
    expect((await run("dataset", "import", join(folder, "a.tar"))).stderr).toMatch(
      /neither a folder nor a zip/,
    );
    expect((await run("export", "1")).code).toBe(2);
    expect((await run("models", "--framework", "quatrain")).stdout).toMatch(/cnn4 +quatrain +\S+ +64/);
  });

  it("demonstrates itself on drawn parts", { timeout: 120_000 }, async () => {
    const out = await temporaryFolder();
    const { token } = JSON.parse(await readFile(join(dataDir, "server.json"), "utf8"));
    await demonstrateTraining(new QuatrainClient({ baseUrl: server.url, credential: token }), out);
    expect((await stat(join(out, "model.onnx"))).size).toBeGreaterThan(900_000);
  });
});

it("trains on a folder that nobody holds, with a server for this command alone", {
  timeout: 120_000,
}, async () => {
  const data = ["--data", await temporaryFolder()];
  const dataset = await runCommand(["training", "dataset", "import", await partsFolder(), ...data, "--json"]);
  const { id } = JSON.parse(dataset.stdout);
  const detached = await runCommand(["training", "train", id, ...QUICK, "--detach", ...data]);
  expect(detached).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/Nobody serves this data folder/),
  });
  const long = ["training", "train", id, ...QUICK, "--epochs", "1000", ...data];
  const left = await interrupted(long, /epoch +1\/1000/);
  expect(left).toMatchObject({ code: 130, stdout: expect.stringMatching(/job 1 stopped after epoch/) });
  const shown = await runCommand(["training", "show", "1", ...data, "--json"]);
  expect(JSON.parse(shown.stdout)).toMatchObject({ status: "stopped" });
  const trained = await runCommand(["training", "train", id, ...QUICK, ...data, "--json"]);
  expect(trained.code, trained.stderr).toBe(0);
  expect(JSON.parse(trained.stdout)).toMatchObject({ id: 2, status: "completed", current_epoch: 2 });
});
