import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { unzipSync, zipSync } from "fflate";
import { describe, expect, it, vi } from "vitest";
import { demonstrateColorization } from "../../src/cli/demo/colorization.ts";
import { runCommandLine } from "../../src/cli/program.ts";
import { QuatrainClient } from "../../src/client/index.ts";
import { decodePicture } from "../../src/ml/images/decode-picture.ts";
import { encodePng } from "../../src/ml/images/edit-picture.ts";
import { useColorizationServer } from "../support/colorization-server.ts";
import { comicPage, grayPage } from "../support/drawn-comics.ts";
import { runCommand } from "../support/server-process.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** colorization's command line as a person uses it, beside a running server. */

const PICTURES = { style: await encodePng(comicPage()), page: await encodePng(grayPage()) };
const server = useColorizationServer();
const { url } = server;

const command = (...args: string[]) =>
  withOutput(() => runCommandLine(["node", "quatrain", ...args, "--url", url("")]));
const run = (...args: string[]) => command("colorize", ...args);
const json = async (...args: string[]) => {
  const result = await run(...args, "--json");
  expect(result, result.stderr).toMatchObject({ code: 0 });
  return JSON.parse(result.stdout);
};

/** What is said meanwhile. Commands run in this process: one of its own for each would cost more than what it does. */
async function withOutput<Result>(work: () => Promise<Result>) {
  const said = { stdout: "", stderr: "" };
  const spies = (["stdout", "stderr"] as const).map((name) =>
    vi.spyOn(process[name], "write").mockImplementation((text) => {
      said[name] += text;
      return true;
    }),
  );
  try {
    return { code: await work(), ...said };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

async function folderOf(files: Readonly<Record<string, Uint8Array | string>>): Promise<string> {
  const folder = await temporaryFolder();
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  return folder;
}

describe("colouring", () => {
  it("colours a folder in the order in which people number pages, and a cbz", {
    timeout: 120_000,
  }, async () => {
    const small = await encodePng(grayPage(comicPage(120, 160)));
    const folder = await folderOf({ "style.png": PICTURES.style });
    const pages = join(folder, "pages");
    await mkdir(pages);
    await writeFile(join(pages, "page10.png"), PICTURES.page);
    await writeFile(join(pages, "page2.png"), small);
    const out = join(folder, "coloured.zip");
    const style = ["--style", join(folder, "style.png")];
    const args = [pages, ...style, "--chapter", "ordered", "-o", out, "--url", url("")];
    const coloured = await runCommand(["colorize", ...args]);
    expect(coloured, coloured.stderr).toMatchObject({ code: 0, stdout: `${out}: 2 pages\n` });
    const entries = unzipSync(await readFile(out));
    const widths = Object.keys(entries)
      .filter((name) => name.endsWith(".png"))
      .sort()
      .map((name) => Buffer.from(entries[name]!).readUInt32BE(16));
    expect(widths).toEqual([120, 240]);

    const comic = join(folder, "chapter.cbz");
    const said = Buffer.from("<ComicInfo><Title>Aya</Title></ComicInfo>");
    await writeFile(comic, zipSync({ "1.png": small, "ComicInfo.xml": said }));
    const done = await json(comic, ...style, "--strength", "0.5");
    expect(done).toMatchObject({ file: join(folder, "chapter-coloured.cbz"), status: "completed" });
    expect((await stat(done.file)).size).toBe(done.bytes);
    expect(Buffer.from(unzipSync(await readFile(done.file))["ComicInfo.xml"] ?? [])).toEqual(said);

    // the same from a folder of the server's, and after a page was done again
    await server.put("data/chapter.cbz", await readFile(comic));
    const job = await server.run({ chapter_id: "said", input_dir: "data/chapter.cbz" });
    const again = await server.post(`/v1/jobs/${job.job_id}/pages/1/rerun`, {});
    await server.ended(again.body.job_id);
    for (const path of [`jobs/${job.job_id}`, "chapters/said"]) {
      const archive = await fetch(url(`/v1/${path}/archive`));
      const entries = unzipSync(new Uint8Array(await archive.arrayBuffer()));
      expect(Buffer.from(entries["ComicInfo.xml"] ?? [])).toEqual(said);
    }
  });

  it.each([
    [["nowhere.png"], 1, /There is no nowhere\.png/],
    [["nowhere.cbz"], 1, /There is no file nowhere\.cbz/],
    [["EMPTY"], 1, /There are no pictures in /],
    [["EMPTY", "--strength", "1.5"], 2, /--strength.*'1\.5'.*from 0 to 1/],
    [["EMPTY", "--engine", "magic"], 2, /--engine.*'magic'.*embedded, flux/],
    [["EMPTY", "-o", "/no/such/out.cbz"], 1, /out\.cbz cannot be written: there is no folder \/no\/such/],
    [["EMPTY", "-o", "EMPTY"], 1, /cannot be written: it is a folder/],
    [["EMPTY", "--style", "TEXT"], 1, /The reference .*text\.png is no picture/],
    [["EMPTY", "--style", "missing.png"], 1, /There is no file missing\.png/],
    [["TEXT"], 1, /Nothing that was sent is a picture: text\.png/],
    [["HOLLOW"], 1, /The archive holds no pictures/],
  ])("refuses %j with exit code %i, in words", async (words, code, said) => {
    const folder = await folderOf({
      "style.png": PICTURES.style,
      "text.png": "no picture at all",
      "hollow.cbz": zipSync({ "readme.txt": new Uint8Array([65]) }),
    });
    const places: Readonly<Record<string, string>> = {
      EMPTY: await temporaryFolder(),
      TEXT: join(folder, "text.png"),
      HOLLOW: join(folder, "hollow.cbz"),
    };
    const given = words.map((word) => places[word] ?? word);
    const refused = await run(...given, "--style", join(folder, "style.png"));
    expect(refused).toMatchObject({ code, stdout: "", stderr: expect.stringMatching(new RegExp(said, "s")) });
    expect(refused.stderr).not.toMatch(/ at .*\.ts:/);
  });

  it("wants a reference", async () => {
    expect(await run("page.png")).toMatchObject({ code: 2, stderr: expect.stringContaining("--style") });
  });
});

describe("palettes", () => {
  const palette = (...args: string[]) => run("palette", ...args);

  it("sets, locks, lists, exports, imports and forgets colours of characters", async () => {
    expect((await palette("p1")).stdout).toBe("no colours of characters\n");
    const set = ["set", "p1", "Aya", "coat", "#A0283C", "--instead", "2a5ab4"];
    const first = await json("palette", ...set);
    const coat = { label: "coat", colour: "#a0283c", locked: false, instead: "#2a5ab4" };
    expect(first.characters).toMatchObject([{ name: "Aya", colours: [coat] }]);
    await json("palette", "lock", "p1", "Aya", "coat");
    await json("palette", "set", "p1", "Aya", "coat", "102030");
    await json("palette", "set", "p1", "Aya", "hair", "603010", "--instead", "c8e1f5", "--lock");
    const listed = await palette("list", "p1");
    expect(listed.stdout).toMatch(/Aya +coat +#102030 +locked +#2a5ab4/);
    expect(listed.stdout).toMatch(/Aya +hair +#603010 +locked +#c8e1f5/);
    expect((await command("colorize-palette", "p1")).stdout).toBe(listed.stdout);

    const file = join(await temporaryFolder(), "p1.json");
    expect(await palette("export", "p1", "-o", file)).toMatchObject({
      code: 0,
      stdout: `${file}: 2 colours of characters\n`,
    });
    await json("palette", "import", "--series", "S", file);
    expect((await palette("--series", "S")).stdout).toBe(listed.stdout);
    await json("palette", "unlock", "--series", "S", "Aya", "hair");
    expect((await palette("--series", "S")).stdout).toMatch(/hair +#603010 +follows/);
    expect((await palette("rm", "p1", "Aya", "coat")).stdout).toBe("forgotten: 1\n");
    expect((await palette("rm", "--series", "S", "Aya")).stdout).toBe("forgotten: 2\n");
  });

  it("points at a place of a page", { timeout: 60_000 }, async () => {
    const folder = await folderOf({ "style.png": PICTURES.style, "page.png": PICTURES.page });
    const style = ["--style", join(folder, "style.png")];
    await json(join(folder, "page.png"), ...style, "--chapter", "p2");
    const answer = await json(
      "palette",
      "set",
      "p2",
      "Bo",
      "coat",
      "c03020",
      "--lock",
      "--page",
      "1",
      "--at",
      "120,215",
    );
    expect(answer.characters[0].colours).toMatchObject([
      { colour: "#c03020", locked: true, at: [{ page_num: 1 }] },
    ]);
    expect((await palette("p2")).stdout).toMatch(
      /Bo +coat +#c03020 +locked +- +page 1 120,215\n\ncolour +share\n#/,
    );
  });

  it.each([
    [["lock", "p3", "Nobody", "coat"], 1, /p3 has no coat of Nobody/],
    [["rm", "p3", "Nobody"], 1, /p3 has no character Nobody/],
    [["set", "p3", "Aya", "coat", "red"], 2, /red is no colour/],
    [["set", "p3", "Aya", "coat"], 2, /takes CHAPTER CHARACTER PART #RRGGBB, not 3 words/],
    [["set", "p3", "Aya", "coat", "a0283c"], 1, /coat of Aya needs at: .* or instead/],
    [["set", "p3", "Aya", "coat", "a0283c", "--at", "1,2"], 2, /--page and --at belong together/],
    [["set", "p3", "Aya", "coat", "a0283c", "--page", "9", "--at", "1,2"], 1, /has no page 9 yet/],
    [["import", "p3", "nowhere.json"], 1, /There is no file nowhere\.json/],
    [["import", "p3", "package.json"], 1, /package\.json has no list of characters/],
    [["import", "p3", "README.md"], 1, /README\.md is no JSON file/],
    [[], 2, /takes CHAPTER, not 0 words/],
  ])("refuses %j with exit code %i, in words", async (words, code, said) => {
    const refused = await palette(...words);
    expect(refused).toMatchObject({ code, stdout: "", stderr: expect.stringMatching(new RegExp(said, "s")) });
  });
});

it("demonstrates itself: the coat is red as in the reference, the balloon stays white", {
  timeout: 120_000,
}, async () => {
  const out = await temporaryFolder();
  const said = await withOutput(() => demonstrateColorization(new QuatrainClient({ baseUrl: url("") }), out));
  expect(said.stdout).toMatch(/^colorization: .*mostly #[0-9a-f]{6}, /);
  const limits = { maxBytes: 10_000_000, maxPixels: 1_000_000 };
  const { width, data } = await decodePicture(await readFile(join(out, "coloured.png")), limits);
  const at = (x: number, y: number) => [...data.subarray(3 * (y * width + x), 3 * (y * width + x) + 3)];
  const [red, green, blue] = at(288, 400) as [number, number, number];
  expect(red - Math.max(green, blue)).toBeGreaterThan(60);
  expect(at(144, 80)).toEqual([255, 255, 255]);
});
