import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32, deflateSync } from "node:zlib";
import { unzipSync } from "fflate";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { safePath } from "../../src/platform/archives/safe-path.ts";
import { PictureStore } from "../../src/systems/training/engine/data/picture-store.ts";
import { colourPng, coloursForm, SMALL_PICTURES, useTrainingServer } from "../support/training-server.ts";
import { expectRefusal, refusedWithoutTrace } from "../support/training-traces.ts";

/** Pictures that are broken, enormous, turned, or no pictures at all, and what is served back. */

const server = useTrainingServer();
const { ask, url, admin, job, until } = server;

afterEach(() => {
  expect(server.server().stderr()).not.toMatch(/"level":50/);
});

type File = readonly [path: string, content: Uint8Array | string];

async function upload(files: readonly File[], fields: Record<string, string> = {}) {
  const form = new FormData();
  form.set("name", "Pictures");
  form.set("format", "imagefolder");
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  for (const [path, content] of files)
    form.append("files", new Blob([typeof content === "string" ? content : new Uint8Array(content)]), path);
  return ask("POST", "/datasets", { form });
}

const bytes = async (blob: Promise<Blob>) => new Uint8Array(await (await blob).arrayBuffer());
const get = (path: string) => fetch(url(path), { headers: admin().headers });

/** A PNG whose header promises so many pixels; its data are five megabytes of zeros, packed. */
function promisingPng(width: number, height: number): Buffer {
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
  const zeros = deflateSync(Buffer.alloc(5_000_000));
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", zeros),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function promisingBmp(width: number, height: number): Buffer {
  const header = Buffer.alloc(54);
  header.write("BM");
  header.writeUInt32LE(54, 10);
  header.writeUInt32LE(40, 14);
  header.writeInt32LE(width, 18);
  header.writeInt32LE(height, 22);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(24, 28);
  return header;
}

const noise = (width: number, height: number) =>
  sharp(
    Uint8Array.from({ length: width * height * 3 }, (_, at) => (at * 7_919) % 251),
    { raw: { width, height, channels: 3 } },
  );

describe("pictures of a dataset", () => {
  it("that cannot be used are listed with the reason, and none of them is fatal", async () => {
    const jpeg = await noise(64, 64).jpeg().toBuffer();
    const broken: readonly (readonly [string, Uint8Array | string, RegExp])[] = [
      ["a/text.png", "I am a text", /none of png/],
      ["a/empty.png", "", /empty file/],
      ["a/cut.jpg", jpeg.subarray(0, jpeg.length / 2), /damaged or incomplete/],
      ["a/head.jpg", jpeg.subarray(0, 20), /damaged or incomplete/],
      ["a/large.png", promisingPng(60_000, 60_000), /60000 x 60000, at most 100000000 pixels/],
      ["a/larger.png", promisingPng(0x7fffffff, 0x7fffffff), /cannot be decoded|at most/],
      ["a/none.png", promisingPng(0, 0), /cannot be decoded/],
      ["a/large.bmp", promisingBmp(60_000, 60_000), /at most|cannot be decoded/],
      ["a/short.bmp", promisingBmp(100, 100), /cannot be decoded/],
      ["a/script.svg", "<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", /none of png/],
      ["a/page.gif", "<html><script>alert(1)</script>", /none of png/],
      ["a/almost.gif", "GIF89a<script>alert(1)</script>", /damaged or incomplete/],
      ["a/movie.heic", Buffer.from("0000001c6674797068656963", "hex"), /none of png/],
    ];
    const { status, body } = await upload([
      ...broken.map(([path, content]): File => [path, content]),
      ["a/good.png", await bytes(colourPng(0, 1))],
    ]);
    expect(status, JSON.stringify(body)).toBe(201);
    expect(body).toMatchObject({ file_count: 14, image_count: 1, problem_count: 13 });
    for (const [path, , words] of broken) {
      const problem = body.problems.find((entry: { path: string }) => entry.path === path);
      expect([path, problem?.message]).toEqual([path, expect.stringMatching(words)]);
    }
  });

  it("of every other kind are taken, and train", async () => {
    const plain = { width: 40, height: 30, channels: 3 as const, background: "#336699" };
    const frames = ["#ff0000", "#0000ff"].map((background) => ({ create: { ...plain, background } }));
    const drawn = await Promise.all(frames.map((input) => sharp(input).png().toBuffer()));
    const pictures: File[] = [
      ["a/png-called.jpg", await bytes(colourPng(0, 2))],
      ["a/jpeg-called.PNG", await noise(33, 44).jpeg().toBuffer()],
      ["a/dot.png", await noise(1, 1).png().toBuffer()],
      ["a/line.png", await noise(30_000, 1).png().toBuffer()],
      ["a/sixteen.png", await noise(40, 30).toColourspace("rgb16").png().toBuffer()],
      ["a/cmyk.jpg", await noise(40, 30).toColourspace("cmyk").jpeg().toBuffer()],
      ["a/gray.png", await noise(40, 30).toColourspace("b-w").png().toBuffer()],
      ["a/clear.webp", await noise(40, 30).ensureAlpha(0.2).webp().toBuffer()],
      ["a/palette.png", await noise(40, 30).png({ palette: true, colours: 16 }).toBuffer()],
      ["a/progressive.jpg", await noise(40, 30).jpeg({ progressive: true }).toBuffer()],
      [
        "a/many.gif",
        await sharp(drawn, { join: { animated: true } })
          .gif()
          .toBuffer(),
      ],
      ["a/page.tif", await noise(40, 30).tiff({ compression: "lzw" }).toBuffer()],
    ];
    const others = await Promise.all(
      [...Array(6).keys()].map(async (at): Promise<File> => [`b/${at}.png`, await bytes(colourPng(1, at))]),
    );
    const { status, body } = await upload([...pictures, ...others]);
    expect(status, JSON.stringify(body)).toBe(201);
    expect(body).toMatchObject({ image_count: 18, problem_count: 0, class_distribution: { a: 12, b: 6 } });
    const { images } = (await ask("GET", `/datasets/${body.id}/images?label=a`)).body;
    const sizes = Object.fromEntries(
      images.map((image: Record<string, number>) => [image.path, [image.width, image.height]]),
    );
    expect(sizes["a/line.png"]).toEqual([30_000, 1]);
    expect(sizes["a/dot.png"]).toEqual([1, 1]);
    expect(sizes["a/many.gif"]).toEqual([40, 30]);

    const settings = { epochs: 1, advanced_config: SMALL_PICTURES };
    const { id } = await job({ dataset_id: body.id, ...settings });
    await ask("POST", `/training/jobs/${id}/start`);
    expect(await until(id, "completed")).toMatchObject({ current_epoch: 1, error_message: null });
  });

  it("of too many pixels, sent many at a time, are refused by their headers alone", async () => {
    const large = promisingPng(60_000, 60_000);
    const files = Array.from(
      { length: 40 },
      (_, at): File => [`a/${at}.png`, Buffer.concat([large, Buffer.of(at)])],
    );
    const { status, body } = await upload(files);
    expect([status, body.problem_count, body.image_count]).toEqual([201, 40, 0]);
  });
});

/** Where a stored pixel lies in the upright picture. Source: Exif 2.32, tag 0x0112. */
const ORIENTATIONS: Readonly<
  Record<number, (row: number, column: number, width: number, height: number) => [x: number, y: number]>
> = {
  1: (row, column) => [column, row],
  2: (row, column, width) => [width - 1 - column, row],
  3: (row, column, width, height) => [width - 1 - column, height - 1 - row],
  4: (row, column, _, height) => [column, height - 1 - row],
  5: (row, column) => [row, column],
  6: (row, column, width) => [width - 1 - row, column],
  7: (row, column, width, height) => [width - 1 - row, height - 1 - column],
  8: (row, column, _, height) => [row, height - 1 - column],
};

describe("turned pictures", () => {
  const [WIDTH, HEIGHT] = [48, 32];
  const upright = Uint8Array.from({ length: WIDTH * HEIGHT * 3 }, (_, at) => (at * at * 31) % 256);
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "quatrain-exif-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  function stored(orientation: number) {
    const turned = orientation > 4;
    const [width, height] = turned ? [HEIGHT, WIDTH] : [WIDTH, HEIGHT];
    const data = new Uint8Array(upright.length);
    for (let row = 0; row < height; row++)
      for (let column = 0; column < width; column++) {
        const [x, y] = ORIENTATIONS[orientation]!(row, column, WIDTH, HEIGHT);
        const from = 3 * (y * WIDTH + x);
        data.set(upright.subarray(from, from + 3), 3 * (row * width + column));
      }
    return sharp(data, { raw: { width, height, channels: 3 } }).withMetadata({ orientation });
  }

  it.each(Object.keys(ORIENTATIONS).map(Number))(
    "by Exif's %i are listed and trained upright",
    async (orientation) => {
      const png = await stored(orientation).png().toBuffer();
      const { body } = await upload([[`a/${orientation}.png`, png]]);
      const [listed] = (await ask("GET", `/datasets/${body.id}/images`)).body.images;
      expect([listed.width, listed.height]).toEqual([WIDTH, HEIGHT]);
      const files = [join(folder, "upright.png"), join(folder, `${orientation}.png`)];
      await writeFile(files[0]!, await stored(1).png().toBuffer());
      await writeFile(files[1]!, png);
      const preprocessing = {
        imageSize: 32,
        resizeMode: "resize" as const,
        mean: [0, 0, 0] as const,
        std: [1, 1, 1] as const,
      };
      const pictures = new PictureStore(files, { augmentation: null, preprocessing } as never, 0);
      expect((await pictures.get(1, "source")).data).toEqual(upright);
      expect(await pictures.get(1, "square")).toEqual(await pictures.get(0, "square"));
    },
  );
});

describe("what is served", () => {
  const SCRIPT = "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(document.domain)</script></svg>";

  it("never runs in a browser, whatever it is called", async () => {
    const names = [
      "x.svg",
      "x.SVG",
      "x.html",
      "x.htm",
      "x.xhtml",
      "x.xml",
      "x.js",
      "x.pdf",
      "x.png.html",
      "x",
      "x.svgz",
    ];
    const { body } = await upload(names.map((name): File => [`a/${name}`, SCRIPT]));
    for (const name of names) {
      const answer = await get(`/api/v1/datasets/${body.id}/file/a/${name}`);
      expect([name, answer.status, answer.headers.get("content-type")]).toEqual([
        name,
        200,
        "application/octet-stream",
      ]);
      expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
      expect(await answer.text()).toBe(SCRIPT);
    }
    const pictures = await upload(
      ["png", "jpg", "gif", "webp"].map((ending): File => [`a/x.${ending}`, SCRIPT]),
    );
    for (const ending of ["png", "jpg", "gif", "webp"]) {
      const answer = await get(`/api/v1/datasets/${pictures.body.id}/file/a/x.${ending}`);
      expect(answer.headers.get("content-type")).toMatch(/^image\/(png|jpeg|gif|webp)$/);
      expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
      await answer.arrayBuffer();
    }
  });

  it("is only what the dataset names: no way leads out of it", async () => {
    const { body: mine } = await upload([["a/x.png", await bytes(colourPng(0, 3))]]);
    const { body: other } = await upload([["b/y.png", await bytes(colourPng(1, 4))]]);
    for (const path of [
      "../../../../etc/passwd",
      "..%2f..%2f..%2fetc%2fpasswd",
      "%2e%2e/%2e%2e/etc/passwd",
      "..%252f..%252fetc%252fpasswd",
      "%252e%252e/quatrain.db",
      "/etc/passwd",
      "%2fetc%2fpasswd",
      "a/../../b/y.png",
      "b/y.png",
      `../${other.id}/file/b/y.png`,
      "a%5c..%5cx.png",
      "a/x.png%00.txt",
      "a//x.png/.",
      "A/x.png",
      "%ff%fe",
      "a".repeat(3_000),
    ]) {
      for (const method of ["GET", "DELETE"]) {
        // by hand: fetch would resolve the dots before they are sent
        const { status, body } = await raw(method, `/api/v1/datasets/${mine.id}/file/${path}`);
        expect([400, 404, 414, 422], `${method} ${path}: ${status} ${body}`).toContain(status);
        expect(body).not.toMatch(/root:/);
      }
    }
    expect((await get(`/api/v1/datasets/${mine.id}/file/a/x.png`)).status).toBe(200);
    expect((await get(`/api/v1/datasets/${other.id}/file/b/y.png`)).status).toBe(200);
  });

  it("leaves as an archive whose names are safe, whatever the classes are called", async () => {
    const names = [
      "../../evil",
      "/etc",
      "a/b",
      "con",
      "..",
      "<img src=x onerror=alert(1)>",
      "\u202egnp.exe",
      "__proto__",
      "~",
    ];
    const files = await Promise.all(
      names.map(async (_, id): Promise<File> => [`${id}.png`, await bytes(colourPng(0, id))]),
    );
    const dataset = async (box: object) => {
      const annotations = {
        categories: names.map((name, id) => ({ id, name })),
        images: names.map((_, id) => ({ id, file_name: `${id}.png` })),
        annotations: names.map((_, id) => ({ id, image_id: id, category_id: id, ...box })),
      };
      const json: File = ["annotations.json", JSON.stringify(annotations)];
      const { status, body } = await upload([json, ...files], { format: "dice" });
      expect(status, JSON.stringify(body)).toBe(201);
      expect(body.classes).toEqual(names);
      expect(Object.keys(body.class_distribution)).toEqual(names);
      return body.id;
    };
    const [boxes, labels] = [await dataset({ bbox: [1, 1, 9, 9] }), await dataset({})];
    const folders = await ask("GET", `/datasets/${labels}/export?format=imagefolder`);
    expectRefusal(folders, 422, "EXPORT_NOT_POSSIBLE");
    expect(folders.body.detail).toContain('"../../evil"');
    for (const format of ["dice", "coco", "yolo", "voc"]) {
      const response = await get(`/api/v1/datasets/${boxes}/export?format=${format}`);
      expect(response.status).toBe(200);
      const entries = Object.keys(unzipSync(new Uint8Array(await response.arrayBuffer())));
      expect(entries.length).toBeGreaterThan(names.length);
      for (const entry of entries) expect(safePath(entry)).toBe(entry);
    }
  });
});

describe("forms", () => {
  it("whose fields are repeated count the last of each; the same file twice is refused", async () => {
    const form = await coloursForm(["a"], 2);
    for (const value of ["First", "Second"]) form.append("name", value);
    for (const value of ["dice", "imagefolder"]) form.append("format", value);
    const { status, body } = await ask("POST", "/datasets", { form });
    expect([status, body.name, body.format]).toEqual([201, "Second", "imagefolder"]);
    form.append("files", await colourPng(2, 9), "a/1.png");
    await refusedWithoutTrace(server, () => ask("POST", "/datasets", { form }), 400, "DUPLICATE_PATH");
    const add = () => ask("POST", `/datasets/${body.id}/files`, { form });
    await refusedWithoutTrace(server, add, 400, "DUPLICATE_PATH");
  });

  it("whose content types lie are read by what they hold", async () => {
    const form = new FormData();
    form.set("name", "Liar");
    form.set("format", "imagefolder");
    const png = await bytes(colourPng(0, 5));
    form.append("files", new Blob([png], { type: "text/html" }), "a/1.png");
    form.append("files", new Blob([png], { type: "application/zip" }), "a/2.png");
    form.append("files", new Blob(["x"], { type: "image/png" }), "a/3.html");
    const { status, body } = await ask("POST", "/datasets", { form });
    expect([status, body.image_count, body.problem_count]).toEqual([201, 2, 0]);
    expect((await get(`/api/v1/datasets/${body.id}/file/a/3.html`)).headers.get("content-type")).toBe(
      "application/octet-stream",
    );
  });

  it.each([
    ["a/../../x.png", 400, "UNSAFE_PATH"],
    ["/x.png", 400, "UNSAFE_PATH"],
    ["C:/x.png", 400, "UNSAFE_PATH"],
    ["a\u0000.png", 400, "UNSAFE_PATH"],
    [`${"a/".repeat(30)}x.png`, 400, "UNSAFE_PATH"],
    [`${"y".repeat(2_000)}.png`, 400, "UNSAFE_PATH"],
  ])("whose paths say %j are refused", async (path, status, code) => {
    const form = new FormData();
    form.set("name", "Paths");
    form.append("files", await colourPng(0, 6), "good.png");
    form.append("paths", "good.png");
    form.append("files", await colourPng(0, 7), "x.png");
    form.append("paths", path);
    await refusedWithoutTrace(server, () => ask("POST", "/datasets", { form }), status, code);
  });
});

/** A request whose path is sent as it is. */
async function raw(method: string, path: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url("/"));
    const sent = request({ method, hostname, port, path, headers: admin().headers }, (response) => {
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        body += chunk;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
    });
    sent.on("error", reject);
    sent.end();
  });
}
