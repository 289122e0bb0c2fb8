import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ciede2000, cielabOf } from "../../src/algorithms/colour/ciede2000.ts";
import type { Picture } from "../../src/algorithms/image/picture.ts";
import * as contract from "../../src/contracts/colorization/index.ts";
import { decodePicture } from "../../src/ml/images/decode-picture.ts";
import { encodePng } from "../../src/ml/images/edit-picture.ts";
import { comicPage, grayPage } from "../support/drawn-comics.ts";
import { type ServerProcess, startServer } from "../support/server-process.ts";

/** Colours of characters over a real server: shown once, locked, kept on every page that follows. */

const LIMITS = { maxBytes: 1e8, maxPixels: 1e8 };
/** The drawn coat is blue; its gray has the lightness of this red, so that a shaded page can show it. */
const RED = "#a0283c";
const PAGES = [comicPage(240, 320), comicPage(260, 340)] as const;
const COAT = [
  { x: 120, y: 210, w: 4, h: 4 },
  { x: 130, y: 224, w: 4, h: 4 },
] as const;

let server: ServerProcess;
let dataDir: string;
const start = async () => {
  server = await startServer({ dataDir, environment: { QUATRAIN_COLORIZATION_THREADS: "1" } });
};

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "quatrain-palettes-"));
  const root = join(dataDir, "colorization", "data");
  await mkdir(join(root, "pages"), { recursive: true });
  await writeFile(join(root, "style.png"), await encodePng(comicPage(250, 330)));
  for (const [at, page] of PAGES.entries())
    await writeFile(join(root, "pages", `${at + 1}.png`), await encodePng(grayPage(page)));
  await start();
});

afterAll(async () => {
  await server.end("SIGTERM");
  await rm(dataDir, { recursive: true, force: true });
});

// biome-ignore lint/suspicious/noExplicitAny: foreign JSON is looked into freely, as a client without types does
type Body = any;

async function ask(method: string, path: string, body?: unknown): Promise<{ status: number; body: Body }> {
  const response = await fetch(server.url + path, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() };
}

async function done(jobId: string): Promise<Body> {
  await expect
    .poll(async () => (await ask("GET", `/v1/jobs/${jobId}`)).body.status, { timeout: 50_000 })
    .not.toMatch(/queued|running/);
  return (await ask("GET", `/v1/jobs/${jobId}`)).body;
}

async function colour(chapter: string, more: object = {}): Promise<Body> {
  const { status, body } = await ask("POST", "/v1/jobs/two-pass", {
    chapter_id: chapter,
    input_dir: "data/pages",
    style_reference: "data/style.png",
    engine: "embedded",
    options: { seed_mode: "fixed", seed: 5 },
    ...more,
  });
  expect(status).toBe(202);
  return done(body.job_id);
}

async function bytesOf(chapter: string, page: number, artifact = "colorized"): Promise<Uint8Array> {
  const response = await fetch(`${server.url}/v1/chapters/${chapter}/pages/${page}/${artifact}?download=1`);
  expect(response.status).toBe(200);
  return new Uint8Array(await response.arrayBuffer());
}

const picture = async (chapter: string, page: number) => decodePicture(await bytesOf(chapter, page), LIMITS);

interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** Mean colour of a box. */
function meanOf({ width, data }: Picture, { x, y, w, h }: Box): [number, number, number] {
  const sum: [number, number, number] = [0, 0, 0];
  for (let row = y; row < y + h; row++)
    for (let column = x; column < x + w; column++)
      for (let part = 0; part < 3; part++) sum[part]! += data[3 * (row * width + column) + part]! / (w * h);
  return sum.map(Math.round) as [number, number, number];
}

const bytesOfHex = (hex: string) => [...Buffer.from(hex.slice(1), "hex")] as [number, number, number];

const differenceFrom = (hex: string, colour: [number, number, number]) =>
  ciede2000(cielabOf(...bytesOfHex(hex)), cielabOf(...colour));

/** Sky, grass and skin of a drawn page. */
const elsewhere = ({ width, height }: Picture) =>
  [
    { x: 30, y: Math.round(height * 0.6), w: 4, h: 4 },
    { x: 30, y: Math.round(height * 0.85), w: 4, h: 4 },
    { x: Math.round(width / 2), y: Math.round(height * 0.4), w: 4, h: 4 },
  ] as const;

const coatOf = (at: number, more: object = {}) => ({
  name: "Aya",
  colours: [{ label: "coat", at: [{ page_num: at + 1, ...COAT[at]! }], ...more }],
});

describe("a locked colour", () => {
  test("is found where somebody pointed, wins on that page and the next, harms nothing else, outlives a restart", async () => {
    await colour("ch1");
    const before = await Promise.all([1, 2].map((page) => picture("ch1", page)));
    expect(differenceFrom(RED, meanOf(before[0]!, COAT[0]))).toBeGreaterThan(20);
    const { status, body } = await ask("PATCH", "/v1/chapters/ch1/palette", {
      characters: [coatOf(0, { colour: RED })],
    });
    expect([status, body.characters]).toMatchObject([
      200,
      [{ name: "Aya", colours: [{ label: "coat", colour: RED, locked: true, at: [{ page_num: 1 }] }] }],
    ]);
    expect(contract.patchChapterPalette.responses[200].schema.parse(body)).toBeTruthy();
    await server.end("SIGKILL");
    await start();
    await colour("ch1");
    for (const [at, was] of before.entries()) {
      const now = await picture("ch1", at + 1);
      expect(differenceFrom(RED, meanOf(now, COAT[at]!))).toBeLessThan(6);
      for (const place of elsewhere(now)) {
        const [one, other] = [meanOf(now, place), meanOf(was, place)];
        expect(ciede2000(cielabOf(...one), cielabOf(...other))).toBeLessThan(3);
      }
      const runmeta = JSON.parse(Buffer.from(await bytesOf("ch1", at + 1, "runmeta/pass2")).toString());
      expect(runmeta).toMatchObject({
        palette_applied: true,
        palette_colours: [{ character: "Aya", label: "coat", locked: true, colour: RED }],
      });
      expect(runmeta.palette_colours[0].drift_de2000).toBeLessThan(6);
    }
  });

  test("gives the same bytes to the same chapter with the same palette", async () => {
    const palette = { characters: [coatOf(0, { colour: RED })] };
    await colour("same_a", { palette });
    await colour("same_b", { palette });
    for (const page of [1, 2])
      expect(Buffer.compare(await bytesOf("same_a", page), await bytesOf("same_b", page))).toBe(0);
    const first = await picture("same_a", 1);
    expect(differenceFrom(RED, meanOf(first, COAT[0]))).toBeLessThan(6);
  });

  test("takes the place of a colour of the references, without anybody pointing", async () => {
    const coat = { label: "coat", colour: RED, instead: "#285ab4" };
    await colour("instead", { palette: { characters: [{ name: "Aya", colours: [coat] }] } });
    const now = await picture("instead", 2);
    expect(differenceFrom(RED, meanOf(now, COAT[1]))).toBeLessThan(6);
  });

  test("is shown on a reference, and takes its colour from there; unlocked, it follows the work", async () => {
    const at = [{ picture: "data/style.png", x: 125, y: 205, w: 4, h: 4 }];
    const shown = { characters: [{ name: "Aya", colours: [{ label: "coat", at, locked: false }] }] };
    const { body } = await ask("PUT", "/v1/chapters/shown/palette", shown);
    const [{ colours }] = body.characters;
    expect(differenceFrom("#285ab4", bytesOfHex(colours[0].colour))).toBeLessThan(4);
    const other = [{ name: "Aya", colours: [{ label: "coat", colour: "#00ff00" }] }];
    await ask("PATCH", "/v1/chapters/shown/palette", { characters: other });
    await colour("shown");
    const followed = (await ask("GET", "/v1/chapters/shown/palette")).body.characters[0].colours[0];
    expect(differenceFrom("#285ab4", bytesOfHex(followed.colour))).toBeLessThan(12);
  });

  test("of a series counts in every chapter that names the series, and travels to others", async () => {
    const at = [{ picture: "data/style.png", x: 125, y: 205, w: 4, h: 4 }];
    const coat = { label: "coat", colour: RED, at };
    await ask("PUT", "/v1/series/aya/palette", { characters: [{ name: "Aya", colours: [coat] }] });
    await colour("of_series", { palette: "aya", pages: [2] });
    expect((await ask("GET", "/v1/chapters/of_series/pages")).body.pages).toEqual([2]);
    expect(differenceFrom(RED, meanOf(await picture("of_series", 2), COAT[1]))).toBeLessThan(6);
    const { body: exported } = await ask("GET", "/v1/series/aya/palette?full=1");
    const { body: imported } = await ask("PUT", "/v1/chapters/imported/palette", exported);
    expect(imported.characters[0].colours[0]).toMatchObject({ label: "coat", colour: RED, locked: true });
    expect(imported.characters[0].colours[0].looks).toBe(exported.characters[0].colours[0].looks);
  });

  test("can be forgotten", async () => {
    expect((await ask("DELETE", "/v1/chapters/ch1/palette?character=Aya&label=hair")).body).toEqual({
      deleted: 0,
    });
    expect((await ask("DELETE", "/v1/chapters/ch1/palette?character=Aya")).body).toEqual({ deleted: 1 });
    expect((await ask("GET", "/v1/chapters/ch1/palette")).body).toMatchObject({ characters: [] });
    expect((await ask("DELETE", "/v1/chapters/same_b/palette")).body).toEqual({ deleted: 1 });
  });
});

describe("a palette that cannot be kept", () => {
  const colours = (entry: unknown) => [{ name: "Aya", colours: [entry] }];

  test.each([
    [{}, "characters"],
    [{ characters: "all" }, "characters"],
    [{ characters: [{ colours: [] }] }, "characters.0.name"],
    [{ characters: colours({ label: "", colour: RED }) }, "characters.0.colours.0.label"],
    [{ characters: colours({ label: "hat", colour: "red", instead: RED }) }, "characters.0.colours.0.colour"],
    [{ characters: colours({ label: "hat", colour: RED }) }, "characters"],
    [{ characters: colours({ label: "hat", instead: RED }) }, "characters"],
    [{ characters: colours({ label: "hat", at: [{ x: 1, y: 1 }] }) }, "characters.0.colours.0.at.0"],
    [
      { characters: colours({ label: "hat", at: [{ page_num: 1, x: "left", y: 1 }] }) },
      "characters.0.colours.0.at.0.x",
    ],
    [{ characters: colours({ label: "hat", at: [{ page_num: 77, x: 1, y: 1 }] }) }, "characters"],
    [{ characters: colours({ label: "hat", at: [{ page_num: 1, x: 9_000, y: 1 }] }) }, "characters"],
    [
      { characters: colours({ label: "hat", colour: RED, descriptors: [[1, 2]] }) },
      "characters.0.colours.0.descriptors.0",
    ],
    [{ characters: Array.from({ length: 65 }, () => ({ name: "x", colours: [] })) }, "characters"],
    [{ characters: [coatOf(0, { colour: RED }), coatOf(0, { colour: RED })] }, "characters"],
  ])("%j is refused, with its field", async (body, field) => {
    const answer = await ask("PATCH", "/v1/chapters/same_a/palette", body);
    expect(answer).toMatchObject({ status: 400, body: { code: "invalid_request", details: { field } } });
  });

  test("names no picture outside of the roots, neither at once nor in a job", async () => {
    const characters = colours({ label: "hat", at: [{ picture: "/etc/passwd", x: 1, y: 1 }] });
    const wish = { style_reference: "data/style.png", input_dir: "data/pages", palette: { characters } };
    for (const answer of [
      await ask("PUT", "/v1/series/aya/palette", { characters }),
      await ask("POST", "/v1/jobs/two-pass", wish),
    ])
      expect(answer).toMatchObject({ status: 400, body: { code: "path_not_allowed" } });
  });
});

describe("pages again and side by side", () => {
  test("one page is coloured again with today's palette, and the chapter shows it", async () => {
    const job = await colour("again");
    await ask("PATCH", "/v1/chapters/again/palette", { characters: [coatOf(1, { colour: RED })] });
    const first = await bytesOf("again", 1);
    const { status, body } = await ask("POST", `/v1/jobs/${job.job_id}/pages/2/rerun`, {});
    expect(status).toBe(202);
    expect(await done(body.job_id)).toMatchObject({
      status: "completed",
      progress: { total_pages: 1, pass2_done: 1 },
    });
    expect(differenceFrom(RED, meanOf(await picture("again", 2), COAT[1]))).toBeLessThan(6);
    expect(Buffer.compare(await bytesOf("again", 1), first)).toBe(0);
    expect((await ask("DELETE", `/v1/jobs/${job.job_id}`)).status).toBe(200);
    expect(Buffer.compare(await bytesOf("again", 2, "original"), await encodePng(grayPage(PAGES[1])))).toBe(
      0,
    );
    expect((await ask("POST", `/v1/jobs/${body.job_id}/pages/9/rerun`, {})).body.code).toBe("page_not_found");
  });

  test("originals lie beside the coloured pages in the archives of chapters and jobs", async () => {
    const list = async (path: string) => {
      const bytes = Buffer.from(await (await fetch(server.url + path)).arrayBuffer()).toString("latin1");
      return ["page_002_colorized.png", "originals/page_002.png"].map((name) => bytes.includes(name));
    };
    expect(await list("/v1/chapters/same_a/archive?include=originals")).toEqual([true, true]);
    expect(await list("/v1/chapters/same_a/archive?format=zip")).toEqual([true, false]);
    expect((await ask("GET", "/v1/chapters/nobody/archive")).body.code).toBe("artifact_not_found");
  });

  test("a page that is not there fails the job, which says so", async () => {
    expect(await colour("few", { pages: [7] })).toMatchObject({
      status: "failed",
      error: expect.stringContaining("7"),
    });
  });
});
