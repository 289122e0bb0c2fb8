import { mkdtemp, readdir, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32, deflateSync } from "node:zlib";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { discPng, plainPicture, pngOf } from "../support/drawn-pictures.ts";
import { type Answer, postForm, postJson, send } from "../support/requests.ts";
import { type ServerProcess, startServer } from "../support/server-process.ts";

/** Hostile and clumsy input to inspection: refused in its own words with a 4xx, survived, and nothing of it stays. */

let server: ServerProcess;
let dataDir: string;
const url = (path: string) => server.url + path;
const query = (path: string, fields: Record<string, string>) => url(`${path}?${new URLSearchParams(fields)}`);

/** A ROI that is fitted and calibrated, for all tests. */
const ROI = { role_id: "Inspection", roi_id: "fitted" };

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "quatrain-hostile-"));
  server = await startServer({ dataDir });
  const images = await Promise.all([0, 1, 2].map((seed) => discPng(seed)));
  expect((await postForm(url("/fit_ok"), { ...ROI, mm_per_px: 0.2, images })).status).toBe(200);
  expect((await postJson(url("/calibrate_ng"), { ...ROI, ok_scores: [0.01] })).status).toBe(200);
});

afterEach(async () => {
  expect((await send("GET", url("/health"))).status).toBe(200);
});

afterAll(async () => {
  expect(await server.end("SIGTERM")).toMatchObject({ code: 0 });
  expect(server.stderr()).not.toMatch(/"level":50|fault of ours/);
  await rm(dataDir, { recursive: true, force: true });
});

/** Every refusal is a 4xx with words, the request's id and its recipe. */
function expectRefusal(answer: Answer, status: number, words: RegExp) {
  expect([answer.status, answer.body.error]).toEqual([status, expect.stringMatching(words)]);
  expect(answer.body).toMatchObject({ request_id: answer.headers.get("x-request-id"), recipe_id: "default" });
}

const infer = (image: Blob, fields: Record<string, string> = {}) =>
  postForm(url("/infer"), { ...ROI, mm_per_px: 0.2, image, ...fields });

/** Every file of inspection, by its path. */
const stored = async () =>
  (await readdir(join(dataDir, "inspection"), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();

const noise = (width: number, height: number) => {
  const { data } = plainPicture(width, height);
  return pngOf({ width, height, data: data.map((value, index) => value + ((index * 7919) % 61)) });
};

/** A PNG whose header promises so many pixels; its data is a few kilobytes of compressed zeros. */
function bomb(width: number, height: number): Blob {
  const chunk = (type: string, data: Buffer) => {
    const named = Buffer.concat([Buffer.from(type), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE(crc32(named), 4);
    return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  const zeros = deflateSync(Buffer.alloc(5_000_000));
  return new Blob([
    Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", zeros), chunk("IEND", Buffer.alloc(0))]),
  ]);
}

describe("pictures", () => {
  it.each([
    ["an empty file", () => new Blob([]), /is an empty file/],
    ["no picture", () => new Blob(["hello"]), /none of png, jpg, bmp, webp, tif and gif/],
    ["an SVG", () => new Blob(['<svg xmlns="http://www.w3.org/2000/svg"/>']), /none of png/],
    ["a bomb", () => bomb(20_000, 20_000), /20000 x 20000, at most 100000000 pixels/],
    ["a bomb beyond any number", () => bomb(0x7fffffff, 0x7fffffff), /cannot be decoded|at most/],
    ["half a picture", async () => (await discPng(0)).slice(0, 4_000), /damaged or incomplete/],
  ])("%s is refused by every endpoint, and nothing of it stays", async (_, make, words) => {
    const image = await make();
    const before = await stored();
    expectRefusal(await infer(image), 400, words);
    const roi = { role_id: "Inspection", roi_id: "bad" };
    const good = await discPng(1);
    expectRefusal(
      await postForm(url("/fit_ok"), { ...roi, mm_per_px: 0.2, images: [good, image] }),
      400,
      words,
    );
    const upload = await postForm(url("/datasets/ok/upload"), { ...roi, images: [good, image] });
    expectRefusal(upload, 400, words);
    expect(upload.body.error).toMatch(/^picture\.png: /);
    expect(await stored()).toEqual(before);
  });

  it("that are too small are named by a fit", async () => {
    const images = [await discPng(0), await noise(7, 7)];
    const answer = await postForm(url("/fit_ok"), {
      role_id: "r",
      roi_id: "small",
      mm_per_px: 0.2,
      images,
    });
    expectRefusal(answer, 400, /^picture\.png: .*7x7.*at least 8/);
    expectRefusal(await infer(await noise(1, 1)), 400, /1x1/);
  });

  it.each([
    [8, 8],
    [900, 10],
    [10, 900],
  ])(
    "of %d x %d pixels get a gray heatmap of exactly their size and regions inside",
    async (width, height) => {
      const { status, body } = await infer(await noise(width, height));
      expect(status, JSON.stringify(body)).toBe(200);
      const heatmap = await sharp(Buffer.from(body.heatmap_png_base64, "base64")).metadata();
      expect(heatmap).toMatchObject({ format: "png", width, height, channels: 1 });
      for (const { x, y, w, h } of body.regions) {
        expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
        expect(x + w).toBeLessThanOrEqual(width);
        expect(y + h).toBeLessThanOrEqual(height);
      }
    },
  );

  it("may be gray, 16 bit, with alpha, CMYK, turned by Exif, and of every format", async () => {
    const disc = Buffer.from(await (await discPng(0)).arrayBuffer());
    const of = (width: number, height: number) =>
      sharp(disc).resize({ width, height, fit: "fill" }).removeAlpha();
    const pictures = {
      gray: of(100, 60).grayscale().toColourspace("b-w").png(),
      "16 bit": of(100, 60).toColourspace("rgb16").png(),
      alpha: of(100, 60).ensureAlpha(0.5).png(),
      cmyk: of(100, 60).toColourspace("cmyk").jpeg(),
      exif: of(60, 100).withMetadata({ orientation: 6 }).jpeg(),
      webp: of(100, 60).webp(),
      tiff: of(100, 60).tiff(),
      gif: of(100, 60).gif(),
    };
    for (const [name, picture] of Object.entries(pictures)) {
      const { status, body } = await infer(new Blob([new Uint8Array(await picture.toBuffer())]));
      expect(status, name).toBe(200);
      const { width, height } = await sharp(Buffer.from(body.heatmap_png_base64, "base64")).metadata();
      expect([width, height], name).toEqual([100, 60]);
    }
  });

  it("by dozens at once are all answered", async () => {
    const image = await discPng(5);
    const answers = await Promise.all(Array.from({ length: 32 }, () => infer(image)));
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.score}`)).size).toBe(1);
  });
});

describe("names of uploaded files", () => {
  it.each(["../../../etc/a.png", "..\\..\\a.png", "/etc/a.png", "a\u0000.png", "", "x".repeat(3_000)])(
    "such as %j name nothing on the server",
    async (filename) => {
      const roi = { role_id: "Inspection", roi_id: "names" };
      const form = new FormData();
      for (const [name, value] of Object.entries(roi)) form.append(name, value);
      form.append("images", await discPng(0), filename);
      const response = await fetch(url("/datasets/ok/upload"), { method: "POST", body: form });
      const { saved } = (await response.json()) as { saved: string[] };
      expect(saved).toEqual([expect.stringMatching(/^\d{8}-\d{6}-\d{6}\.png$/)]);
      const meta = await send(
        "GET",
        query("/datasets/meta", { ...roi, label: "ok", filename: saved[0] ?? "" }),
      );
      expect(meta.body.original_filename).toMatch(/^[^/\\\p{Cc}]{1,100}$/u);
      for (const path of await stored())
        expect(path).toMatch(/[\w-]+\.(png|json|safetensors)$|[0-9a-f]{64}$/);
    },
  );
});

describe("ids", () => {
  it.each(["..", "/", "ab?", "%2F", "🚀".repeat(21), "x".repeat(84), "__proto__", " padded ", "con"])(
    "such as %j are ids like others",
    async (id) => {
      const roi = { role_id: id, roi_id: id, model_key: id };
      const images = [await discPng(0)];
      expect((await postForm(url("/datasets/ok/upload"), { ...roi, images })).status).toBe(200);
      expect((await postForm(url("/fit_ok"), { ...roi, mm_per_px: 0.2, images })).status).toBe(200);
      const { body } = await send("GET", query("/manifest", { role_id: id, roi_id: id }));
      expect(body).toMatchObject({ memory: true, role_id: id, roi_id: id, model_key: id });
      expect(body.datasets.classes.ok.count).toBe(1);
      expect((await send("GET", query("/state", { ...roi, role_id: `${id}.` }))).status).toBeLessThan(500);
    },
  );

  it("that differ by case only are different", async () => {
    const images = [await discPng(0)];
    await postForm(url("/datasets/ok/upload"), { role_id: "Case", roi_id: "Case", images });
    const other = await send("GET", query("/datasets/list", { role_id: "case", roi_id: "case" }));
    expect(other.body.classes.ok.count).toBe(0);
  });

  it.each(["", " ", "a\u0000", "a\nb", "x".repeat(85), "🚀".repeat(22), "x".repeat(100_000)])(
    "such as %j are refused",
    async (id) => {
      const image = await discPng(0);
      expectRefusal(
        await postForm(url("/infer"), { role_id: id, roi_id: "a", mm_per_px: 1, image }),
        422,
        /role_id/,
      );
    },
  );

  it("in a path may hold encoded slashes; a malformed path is told", async () => {
    const { body } = await send("GET", url("/manifests/a%2Fb/c%2Fd"));
    expect(body).toMatchObject({ role_id: "a/b", roi_id: "c/d", model_key: "c/d" });
    expectRefusal(await send("GET", url("/manifests/%E0%A4%A/x")), 400, /path is malformed/);
    expectRefusal(await send("GET", url("/manifests/a%00/x")), 422, /control characters/);
  });
});

describe("numbers", () => {
  const calibrate = (fields: object) => postJson(url("/calibrate_ng"), { ...ROI, roi_id: "n", ...fields });

  it("that no sum can hold are refused", async () => {
    expectRefusal(await calibrate({ ok_scores: [1.7e308, 1.7e308] }), 400, /too large/);
    expectRefusal(await calibrate({ ok_scores: [1], ng_scores: [1.7e308, 1.7e308] }), 400, /too large/);
    expectRefusal(
      await calibrate({ ok_scores: [-1.7e308, 1.7e308], score_percentile: 50 }),
      400,
      /too large/,
    );
  });

  it.each([1e308, 1e-300, 1e10])(
    "mm_per_px %d is refused everywhere: no area would be a number",
    async (scale) => {
      const words = /mm_per_px must be between/;
      const image = await discPng(0);
      const form = { ...ROI, mm_per_px: scale };
      expectRefusal(await calibrate({ ok_scores: [1], mm_per_px: scale }), 400, words);
      expectRefusal(await postForm(url("/infer"), { ...form, image }), 400, words);
      expectRefusal(await postForm(url("/fit_ok"), { ...form, images: [image] }), 400, words);
      const metas = [JSON.stringify({ mm_per_px: scale })];
      expectRefusal(
        await postForm(url("/datasets/ok/upload"), { ...ROI, images: [image], metas }),
        400,
        words,
      );
    },
  );

  it.each([0, -1, "NaN", "Infinity"])("default_mm_per_px %j is refused like mm_per_px", async (scale) => {
    for (const path of ["/infer_dataset", "/calibrate_dataset"]) {
      const answer = await postJson(url(path), { ...ROI, default_mm_per_px: scale });
      expectRefusal(answer, 400, /^mm_per_px must be > 0 and finite$/);
      expect(answer.body.detail).toBe(answer.body.error);
    }
  });

  it("by the million are taken, more are refused before anybody looks at them", async () => {
    expect((await calibrate({ ok_scores: new Array(1_000_000).fill(1.5) })).body.threshold).toBe(1.5);
    expectRefusal(await calibrate({ ok_scores: new Array(1_000_001).fill("x") }), 422, /at most 1000000/);
  });

  it.each([[["a"]], [[null]], [[true]], [[[1]]], ["1,2"], [{}]])(
    "ok_scores %j are none",
    async (ok_scores) => {
      expectRefusal(await calibrate({ ok_scores }), 422, /ok_scores/);
    },
  );
});

describe("metas", () => {
  it.each(['{"mm_per_px": true}', '{"mm_per_px": [0.2]}', '{"mm_per_px": "wide"}', '{"mm_per_px": NaN}'])(
    "%s name no scale",
    async (meta) => {
      const images = [await discPng(0)];
      const answer = await postForm(url("/datasets/ok/upload"), { ...ROI, images, metas: [meta] });
      expectRefusal(answer, 400, /^mm_per_px must be > 0 and finite$/);
    },
  );

  it("cannot speak for the server: labels, names and prototypes of a client stay its own", async () => {
    const roi = { role_id: "Inspection", roi_id: "metas" };
    const meta = '{"label":"zz","filename":"../x","recipe_id":"last","__proto__":{"polluted":1},"note":1}';
    const { body } = await postForm(url("/datasets/ok/upload"), {
      ...roi,
      images: [await discPng(0)],
      metas: [meta],
    });
    const sidecar = await send(
      "GET",
      query("/datasets/meta", { ...roi, label: "ok", filename: body.saved[0] }),
    );
    expect(sidecar.body).toMatchObject({
      label: "ok",
      filename: body.saved[0],
      recipe_id: "default",
      note: 1,
    });
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe("connections", () => {
  const head = "POST /infer HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=B\r\n";
  const talk = (text: string, { hangUp }: { hangUp: boolean }) =>
    new Promise<void>((resolve) => {
      const socket = connect(Number(new URL(server.url).port), "127.0.0.1", () => {
        if (hangUp) socket.write(text, () => socket.resetAndDestroy());
        else socket.end(text);
      });
      socket.on("error", () => undefined);
      socket.on("data", () => undefined);
      socket.on("close", () => resolve());
    });

  it("that end in the middle of a body leave nothing behind, not even a line in the log", async () => {
    const before = await stored();
    const part = '--B\r\nContent-Disposition: form-data; name="image"; filename="a.png"\r\n\r\nabc';
    for (const hangUp of [true, false]) {
      await talk(`${head}Content-Length: 10000\r\n\r\n${part}`, { hangUp });
      await talk(`${head}Transfer-Encoding: chunked\r\n\r\n5\r\n--B\r\n`, { hangUp });
      await talk(`${head}Expect: 100-continue\r\nContent-Length: 10\r\n\r\n`, { hangUp });
    }
    const waiting = async () => {
      const tmp = await readdir(join(dataDir, "tmp"), { recursive: true, withFileTypes: true });
      return tmp.filter((entry) => entry.isFile()).length;
    };
    await expect.poll(waiting).toBe(0);
    expect(await stored()).toEqual(before);
  });
});

describe("many at once", () => {
  it("fits of one ROI: one runs, the others are told so, and its pictures are all that stays", async () => {
    const roi = { role_id: "Inspection", roi_id: "race" };
    const images = await Promise.all([0, 1, 2, 3].map((seed) => discPng(seed, undefined, 320)));
    const fits = await Promise.all(
      ["/fit_ok", "/fit_ok?async=1", "/fit_ok", "/fit_ok?async=1", "/fit_ok"].map((path) =>
        postForm(url(path), { ...roi, mm_per_px: 0.2, images }),
      ),
    );
    const [began, ...others] = fits.sort((a, b) => a.status - b.status);
    expect([200, 202]).toContain(began?.status);
    for (const other of others) expectRefusal(other, 409, /already (running|queued as job)/);
    await expect
      .poll(async () => (await send("GET", query("/state", roi))).body.memory_fitted, { timeout: 20_000 })
      .toBe(true);
    const sources = (await stored()).filter((path) => path.includes("/race/"));
    expect(sources.filter((path) => path.includes("/sources/"))).toHaveLength(4);
    expect(sources.filter((path) => path.endsWith(".safetensors"))).toHaveLength(1);
  });

  it("a dataset may be cleared while it is fitted, scored and calibrated", async () => {
    const roi = { role_id: "Inspection", roi_id: "cleared", recipe_id: "cleared" };
    const images = await Promise.all(Array.from({ length: 10 }, (_, seed) => discPng(seed)));
    await postForm(url("/datasets/ok/upload"), { ...roi, images });
    await postForm(url("/fit_ok"), { ...roi, mm_per_px: 0.2, images: images.slice(0, 2) });
    const work = Promise.all([
      postForm(url("/fit_ok"), { ...roi, mm_per_px: 0.2, use_dataset: true }),
      postJson(url("/infer_dataset"), roi),
      postJson(url("/calibrate_dataset"), { ...roi, require_ng: false }),
    ]);
    await send("DELETE", query("/datasets/clear", { ...roi, label: "ok" }));
    for (const { status, body } of await work) {
      expect([200, 400], JSON.stringify(body)).toContain(status);
      if (status === 400) expect(body.error).toMatch(/file is gone|no OK images|0 OK images/);
    }
  });
});
