import { describe, expect, it, onTestFinished } from "vitest";
import { silentLog } from "../../../../platform/telemetry/silent-log.ts";
import type { OutsideRequest } from "../outside-engine.ts";
import { type ComfyuiOptions, openComfyui } from "./open-comfyui.ts";
import {
  type FakeComfyuiOptions,
  type FakePrompt,
  PNG,
  runWell,
  savedEntry,
  startFakeComfyui,
} from "./testing/fake-comfyui.ts";
import { parseWorkflow, readWorkflow } from "./workflow.ts";

const page = Buffer.concat([PNG, Buffer.from("page")]);
const reference = Buffer.concat([PNG, Buffer.from("reference")]);

const request = (given: Partial<OutsideRequest> = {}): OutsideRequest => ({
  page,
  reference,
  prompt: "a quiet street",
  seed: 1639434952,
  strength: 0.75,
  signal: new AbortController().signal,
  ...given,
});

async function opened(fakeOptions: FakeComfyuiOptions = {}, given: Partial<ComfyuiOptions> = {}) {
  const fake = await startFakeComfyui(fakeOptions);
  onTestFinished(() => fake.close());
  const engine = openComfyui({
    url: fake.url,
    workflow: await readWorkflow(null),
    timeoutMs: 30_000,
    retries: 1,
    log: silentLog,
    pollMs: 5,
    retryPauseMs: 1,
    ...given,
  });
  return { fake, engine };
}

/** Runs the first prompt in one way and all others well. */
const first = (run: (prompt: FakePrompt) => void) => {
  let isFirst = true;
  return (prompt: FakePrompt) => {
    if (isFirst) run(prompt);
    else runWell(prompt);
    isFirst = false;
  };
};

describe("a page coloured by ComfyUI", () => {
  it("comes back as the workflow saved it, with the sampler's progress on the way", async () => {
    const { fake, engine } = await opened();
    const shares: number[] = [];
    const picture = await engine.colour(request({ onProgress: (share) => shares.push(share) }));
    expect(Buffer.from(picture)).toEqual(PNG);
    expect(shares).toEqual([0.25, 0.5, 0.75]);
    expect(fake.dequeued).toEqual([]);
    expect(fake.interrupted).toEqual([]);
  });

  it("is loaded under the names that the server gave the uploads", async () => {
    const { fake, engine } = await opened();
    await engine.colour(request());
    const images = Object.values(fake.prompts[0]?.graph ?? {})
      .filter(({ class_type: type }) => type === "LoadImage")
      .map(({ inputs }) => String(inputs.image));
    expect(images.map((name) => fake.uploads.get(name))).toEqual([page, reference]);
    expect(images.every((name) => name.startsWith("kept-"))).toBe(true);
    const seeds = Object.values(fake.prompts[0]?.graph ?? {}).flatMap(
      ({ inputs }) => inputs.noise_seed ?? [],
    );
    expect(seeds).toEqual([1639434952]);
  });

  it("takes no room twice for the same reference", async () => {
    const { fake, engine } = await opened();
    await engine.colour(request());
    await engine.colour(request({ page: Buffer.concat([PNG, Buffer.from("another")]) }));
    expect(fake.uploads.size).toBe(3);
  });

  it("is asked for without an Origin header, everywhere", async () => {
    const { fake, engine } = await opened();
    await engine.colour(request());
    expect(fake.origins.length).toBeGreaterThan(5);
    expect(fake.origins.every((origin) => origin === undefined)).toBe(true);
  });

  it("is asked for with user and password as a header, below the address's path", async () => {
    const { fake, engine } = await opened();
    await engine.colour(request());
    const secret = openComfyui({
      url: fake.url.replace("http://", "http://me:p%40ss@"),
      workflow: await readWorkflow(null),
      timeoutMs: 30_000,
      retries: 0,
      log: silentLog,
    });
    expect(await secret.isReachable()).toBe(true);
    expect(fake.authorizations.at(-1)).toBe(`Basic ${Buffer.from("me:p@ss").toString("base64")}`);
    await fake.close();
    const failing = secret.colour(request());
    await expect(failing).rejects.toMatchObject({ code: "engine_unreachable" });
    await expect(failing).rejects.not.toThrow("p@ss");
  });

  it("may have another size: resizing is for those who asked", async () => {
    const other = Buffer.concat([PNG, Buffer.alloc(100_000, 1)]);
    const { engine } = await opened({ picture: other });
    expect(Buffer.from(await engine.colour(request()))).toEqual(other);
  });

  it("is found in any node's outputs, saved pictures before previews", async () => {
    const viewed: string[] = [];
    const intercept: FakeComfyuiOptions["intercept"] = ({ url = "" }) => {
      if (url.startsWith("/view")) viewed.push(url);
      return false;
    };
    const preview = { filename: "preview.png", type: "temp" };
    const outputs = {
      "1": { images: [preview] },
      "2": { text: [] },
      "3": null,
      "9": { images: [{ filename: "a b.png" }] },
    };
    const { engine } = await opened({ intercept, run: (prompt) => prompt.finish({ outputs }) });
    await engine.colour(request());
    expect(viewed).toEqual(["/view?filename=a+b.png&subfolder=&type=output"]);
    const previews = await opened({
      run: (prompt) => prompt.finish({ outputs: { "1": { images: [preview] } } }),
    });
    await expect(previews.engine.colour(request())).resolves.toBeDefined();
  });

  it("says whether the workflow heeds strength", async () => {
    const { engine } = await opened();
    expect(engine.appliesStrength).toBe(false);
    const graph = { "1": { class_type: "A", inputs: { image: "INPUT_IMAGE.png", denoise: "%STRENGTH%" } } };
    const heeding = await opened({}, { workflow: parseWorkflow(JSON.stringify(graph), "mine") });
    expect(heeding.engine.appliesStrength).toBe(true);
  });
});

describe("ComfyUI's socket", () => {
  it("tells of other prompts too, which do not count", async () => {
    const shares: number[] = [];
    const { engine } = await opened({
      run(prompt) {
        prompt.tell("progress", { value: 9, max: 10 }, "another");
        prompt.tell("execution_error", { exception_message: "another's" }, "another");
        prompt.tell("execution_interrupted", {}, "another");
        prompt.tell("executing", { node: null }, "another");
        prompt.tell("crystools.monitor", { cpu: 1 });
        runWell(prompt);
      },
    });
    await expect(
      engine.colour(request({ onProgress: (share) => shares.push(share) })),
    ).resolves.toBeDefined();
    expect(shares[0]).toBe(0.25);
  });

  it("may drop half-way: the history tells the rest", async () => {
    const { engine } = await opened({
      run(prompt) {
        prompt.tell("progress", { value: 1, max: 4 });
        prompt.dropSocket();
        setTimeout(() => prompt.finish(savedEntry()), 30);
      },
    });
    await expect(engine.colour(request())).resolves.toBeDefined();
  });

  it("may never open: the history tells all", async () => {
    const { engine } = await opened({ refusesSockets: true });
    await expect(engine.colour(request())).resolves.toBeDefined();
  });

  it("may say nothing of the end: the history is looked at all the same", async () => {
    const { engine } = await opened({
      run: (prompt) => setTimeout(() => prompt.finish(savedEntry()), 30) as never,
    });
    await expect(engine.colour(request())).resolves.toBeDefined();
  });
});

describe("a page that ComfyUI cannot colour", () => {
  const error = {
    node_id: "20",
    node_type: "SamplerCustomAdvanced",
    exception_message: "CUDA out of memory",
  };

  it("fails with what the node said, told by the socket", async () => {
    const { fake, engine } = await opened({ run: (prompt) => prompt.tell("execution_error", error) });
    const failing = engine.colour(request());
    await expect(failing).rejects.toMatchObject({ code: "engine_failed", status: 502 });
    await expect(failing).rejects.toThrow("node 20 (SamplerCustomAdvanced): CUDA out of memory");
    expect(fake.prompts).toHaveLength(1);
  });

  it("fails with what the node said, told by the history", async () => {
    const entry = { outputs: {}, status: { status_str: "error", messages: [["execution_error", error]] } };
    const { engine } = await opened({ refusesSockets: true, run: (prompt) => prompt.finish(entry) });
    await expect(engine.colour(request())).rejects.toThrow("CUDA out of memory");
  });

  it.each([
    ["by somebody else", (prompt: FakePrompt) => prompt.tell("execution_interrupted"), "interrupted"],
    [
      "without a picture",
      (prompt: FakePrompt) => prompt.finish({ outputs: { "1": { text: ["x"] } } }),
      "SaveImage",
    ],
    ["in a way that cannot be read", (prompt: FakePrompt) => prompt.finish({ outputs: 5 }), "cannot be read"],
  ])("fails %s in words", async (_, run, words) => {
    const { engine } = await opened({ run });
    await expect(engine.colour(request())).rejects.toMatchObject({ code: "engine_failed" });
    await expect(engine.colour(request())).rejects.toThrow(words);
  });

  it("fails where what it saved is no picture", async () => {
    const { engine } = await opened({ picture: Buffer.from("RIFFxxxxAVI ") });
    await expect(engine.colour(request())).rejects.toThrow("no PNG, JPEG or WebP");
  });

  it("is refused with every node's fault, once", async () => {
    const graph = {
      "1": { class_type: "LoadImage", inputs: { image: "INPUT_IMAGE.png" } },
      "2": { class_type: "VAEEncode", inputs: { pixels: ["1", 1] } },
      "3": { class_type: "SaveImage", inputs: { images: ["1", 0], filename_prefix: 5 } },
    };
    const { fake, engine } = await opened({}, { workflow: parseWorkflow(JSON.stringify(graph), "mine") });
    const failing = engine.colour(request());
    await expect(failing).rejects.toMatchObject({ code: "engine_refused", status: 502 });
    await expect(failing).rejects.toThrow(
      /400: Prompt outputs failed validation; node 2 \(VAEEncode\): Required input is missing: vae; .*IMAGE wanted, MASK given.*node 3/,
    );
    expect(fake.requests.filter((line) => line === "POST /prompt")).toHaveLength(1);
  });

  it.each([
    [401, "user and password"],
    [413, "--max-upload-size"],
    [404, "Not Found"],
  ])("is refused with status %d and a hint", async (status, words) => {
    const { engine } = await opened({
      intercept: (_, response) => !!response.writeHead(status).end("Not Found"),
    });
    await expect(engine.colour(request())).rejects.toThrow(words);
  });
});

describe("a ComfyUI that is not well", () => {
  it("and dies mid-way is tried again", async () => {
    const { fake, engine } = await opened({
      run: first((prompt) => {
        prompt.tell("progress", { value: 3, max: 4 });
        fake.restart();
      }),
    });
    const shares: number[] = [];
    await expect(
      engine.colour(request({ onProgress: (share) => shares.push(share) })),
    ).resolves.toBeDefined();
    expect(fake.prompts).toHaveLength(2);
    expect(shares).toEqual([...shares].sort());
  });

  it("and forgets every time is given up after its tries", async () => {
    const { fake, engine } = await opened({ run: (prompt) => prompt.forget() }, { retries: 2 });
    const failing = engine.colour(request());
    await expect(failing).rejects.toMatchObject({ code: "engine_unreachable", status: 503 });
    await expect(failing).rejects.toThrow("forgotten the page");
    expect(fake.prompts).toHaveLength(3);
  });

  it("and dies for good is given up, in words", async () => {
    const { fake, engine } = await opened({ run: () => fake.close() });
    await expect(engine.colour(request())).rejects.toMatchObject({ code: "engine_unreachable" });
    await expect(engine.colour(request())).rejects.toThrow("QUATRAIN_COMFYUI_URL");
    expect(await engine.isReachable()).toBe(false);
  });

  it("and answers 500 for a while is tried again", async () => {
    let left = 1;
    const { engine } = await opened({
      intercept: ({ url }, response) =>
        url === "/upload/image" && left-- > 0 && !!response.writeHead(500).end("oh"),
    });
    await expect(engine.colour(request())).resolves.toBeDefined();
  });

  it("and hands the picture out late does not colour it twice", async () => {
    let left = 2;
    const { fake, engine } = await opened({
      intercept: ({ url = "" }, response) => url.startsWith("/view") && left-- > 0 && !!response.destroy(),
    });
    await expect(engine.colour(request())).resolves.toBeDefined();
    expect(fake.prompts).toHaveLength(1);
  });

  it("and stalls is given up in time, its prompt interrupted and not tried again", async () => {
    const { fake, engine } = await opened({ run: () => undefined }, { timeoutMs: 2_000 });
    const failing = engine.colour(request());
    await expect(failing).rejects.toMatchObject({ code: "engine_timeout", status: 503 });
    await expect(failing).rejects.toThrow("2 seconds");
    expect(fake.interrupted).toEqual([{ prompt_id: "prompt-1" }]);
    expect(fake.prompts).toHaveLength(1);
  });

  it.each(["/prompt", "/upload/image"])("and never answers %s is given up in time", async (path) => {
    const { engine } = await opened({ intercept: ({ url }) => url === path }, { timeoutMs: 100, retries: 0 });
    await expect(engine.colour(request())).rejects.toMatchObject({ status: 503 });
  });

  it.each(["not json", "[]", '{"name":5}'])("and answers %j is no ComfyUI", async (answer) => {
    const { engine } = await opened({ intercept: (_, response) => !!response.end(answer) });
    await expect(engine.colour(request())).rejects.toThrow("does not speak as ComfyUI does");
  });

  it("is not reached where nobody listens, and an address must be one of HTTP", async () => {
    const workflow = await readWorkflow(null);
    const options = { workflow, timeoutMs: 100, retries: 0, log: silentLog };
    expect(await openComfyui({ ...options, url: "http://127.0.0.1:1" }).isReachable()).toBe(false);
    expect(() => openComfyui({ ...options, url: "comfy:8188" })).toThrow(RangeError);
  });
});

describe("a page that nobody waits for any more", () => {
  it("is interrupted where it runs", async () => {
    const controller = new AbortController();
    const { fake, engine } = await opened({ run: () => controller.abort(new Error("cancelled")) });
    await expect(engine.colour(request({ signal: controller.signal }))).rejects.toThrow("cancelled");
    expect(fake.dequeued).toEqual([{ delete: ["prompt-1"] }]);
    expect(fake.interrupted).toEqual([{ prompt_id: "prompt-1" }]);
  });

  it("is taken out of the queue where it waits, and what runs is left alone", async () => {
    const controller = new AbortController();
    const stalling = new AbortController();
    const { fake, engine } = await opened({
      run: ({ id }) => {
        if (id === "prompt-2") controller.abort(new Error("cancelled"));
      },
    });
    const other = engine.colour(request({ signal: stalling.signal }));
    other.catch(() => undefined);
    await expect.poll(() => fake.prompts.length).toBe(1);
    await expect(engine.colour(request({ signal: controller.signal }))).rejects.toThrow("cancelled");
    expect(fake.dequeued).toEqual([{ delete: ["prompt-2"] }]);
    expect(fake.interrupted).toEqual([]);
    stalling.abort(new Error("over"));
    await expect(other).rejects.toThrow("over");
  });

  it("is taken back even when the answer to its queueing came too late", async () => {
    const controller = new AbortController();
    const { fake, engine } = await opened({
      run: () => undefined,
      intercept({ url }) {
        if (url === "/prompt") controller.abort(new Error("cancelled"));
        return false;
      },
    });
    await expect(engine.colour(request({ signal: controller.signal }))).rejects.toThrow("cancelled");
    expect(fake.interrupted).toEqual([{ prompt_id: "prompt-1" }]);
  });

  it("is not even begun where it was given up before", async () => {
    const { fake, engine } = await opened();
    await expect(
      engine.colour(request({ signal: AbortSignal.abort(new Error("cancelled")) })),
    ).rejects.toThrow("cancelled");
    expect(fake.requests).toEqual([]);
  });
});
