import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it, vi } from "vitest";
import { demonstrateIntegrity } from "../../src/cli/demo/integrity.ts";
import { FIRST_ESSAY, SECOND_ESSAY } from "../../src/cli/demo/integrity-essays.ts";
import { QuatrainClient } from "../../src/client/index.ts";
import { PLAIN_TEXT, useIntegrityServer } from "../support/integrity-server.ts";
import { runCommand, startServer } from "../support/server-process.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** integrity's command line as a person uses it: beside a running server, and on a folder that nobody holds. */

const ALL_SEVEN =
  "estilo_diferente,defensa_debil,tiempo_sospechoso,sin_borradores,referencias_raras,datos_inconsistentes,imagenes_sospechosas";
const DESCRIBED = ["--role", "Estudiante", "--product", "Ensayo"];

async function folderOf(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return folder;
}

describe("beside a running server", () => {
  const { dataDir, url } = useIntegrityServer();
  const run = (...args: string[]) => runCommand(["integrity", ...args, "--data", dataDir()]);
  const json = async (...args: string[]) => {
    const result = await run(...args, "--json");
    expect(result, result.stderr).toMatchObject({ code: 0, stderr: "" });
    return JSON.parse(result.stdout);
  };
  const checkOne = async (text: string, ...options: string[]) => {
    const folder = await folderOf({ "essay.txt": text });
    return (await json("check", join(folder, "essay.txt"), ...DESCRIBED, ...options))[0].answer;
  };

  it("checks the documents of a folder; one that cannot be read fails alone", async () => {
    const folder = await folderOf({
      "a/first.txt": FIRST_ESSAY,
      "b/second.md": SECOND_ESSAY,
      "c/broken.pdf": "%PDF-1.7\nand nothing more of a document, though long enough for one",
      ".hidden.txt": PLAIN_TEXT,
      "notes.xyz": PLAIN_TEXT,
    });
    const checked = await run("check", folder, "--author", "Nadie", "--lang", "en");
    expect(checked.code).toBe(1);
    const [first, second, broken, ...rest] = checked.stdout.trim().split("\n\n");
    expect(rest).toEqual([]);
    expect(first).toMatch(/a\/first\.txt: 0 BAJO, confidence 1.*\(case_[0-9a-f]{12}\)/);
    expect(second).toMatch(/statistics\.p_value +\d+:\d+ +\S/);
    expect(broken).toMatch(/c\/broken\.pdf: failed, \S/);
    expect(checked.stderr).toMatch(/warning: 2 files: metadata\.rol: missing/);
    expect(checked.stderr).toMatch(/1 of 3 files could not be checked/);
    const strict = await run("check", join(folder, "a"), "--strict");
    expect(strict).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/failed, metadata\.rol: missing/),
    });
  });

  it("says where passages stand and which sources share them, in the language that was asked for", async () => {
    const source = await folderOf({ "fuente.txt": FIRST_ESSAY });
    const added = await json(
      "sources",
      "add",
      source,
      "--author",
      "Elena Prado",
      "--source-url",
      "https://example.org",
    );
    expect(added).toMatchObject({ added: [{ autor: "Elena Prado", tipo: "fuente" }], failed: [] });
    const document = join(await folderOf({ "copia.txt": SECOND_ESSAY }), "copia.txt");
    const checked = await run("check", document, ...DESCRIBED, "--lang", "en", "--title", "Copia");
    expect(checked, checked.stderr).toMatchObject({ code: 0 });
    expect(checked.stdout).toMatch(/similarity\.passage +5:1 /);
    expect(checked.stdout).toMatch(/similar: \d+\.\d % in \d passages? of .*Elena Prado \(source /);
    expect(checked.stdout).toMatch(/characters\.invisible +7:3\d /);
    const spanish = await run("check", document, ...DESCRIBED);
    const english = checked.stdout.split("\n").find((line) => line.includes("characters.invisible"));
    expect(english).toBeDefined();
    expect(spanish.stdout).not.toContain(english);
    expect((await json("sources", "remove", added.added[0].id)).removed).toEqual([added.added[0].id]);
  });

  it("tells scripts by the exit code what it found", async () => {
    const plain = join(await folderOf({ "p.txt": PLAIN_TEXT }), "p.txt");
    const copied = join(await folderOf({ "s.txt": SECOND_ESSAY }), "s.txt");
    const code = async (...args: string[]) => (await run("check", ...args, ...DESCRIBED)).code;
    expect(await code(plain, "--fail-on", "medio", "--fail-on-finding", "high")).toBe(0);
    expect(await code(plain, "--evidence", ALL_SEVEN, "--fail-on", "MEDIO")).toBe(3);
    expect(await code(copied, "--fail-on-finding", "low")).toBe(3);
    const wrong = await run("check", plain, "--evidence", "mal_tiempo");
    expect(wrong).toMatchObject({ code: 1, stderr: expect.stringMatching(/--evidence.*mal_tiempo is not/) });
    expect((await run("check", plain, "--fail-on", "GRAVE")).stderr).toMatch(/BAJO, MEDIO, ALTO/);
    expect((await run("check", plain, "--lang", "fr")).stderr).toMatch(/es, en, pt/);
    expect((await run("check", "/no/such.pdf")).stderr).toBe("quatrain: There is no /no/such.pdf\n");
    expect((await run("check", await folderOf({ "a.xyz": "" }))).stderr).toMatch(/no documents/);
    expect((await run("check")).code).toBe(2);
  });

  it("lists, shows, reports, exports and deletes cases", async () => {
    const { case_id } = await checkOne(SECOND_ESSAY, "--title", "Peregrino", "--evidence", "sin_borradores");
    expect(await json("cases", "--q", "peregr", "--level", "bajo")).toMatchObject([{ case_id }]);
    expect((await run("cases", "--limit", "1")).stderr).toMatch(/^1 of \d+/);
    const shown = await run("case", case_id);
    expect(shown.stdout).toMatch(
      /title: Peregrino[\s\S]*observed: sin_borradores[\s\S]*statistics\.p_value +7:/,
    );
    const out = await temporaryFolder();
    const saved = (name: string) => readFile(join(out, name), "latin1");
    await json("report", case_id, "-o", join(out, "r.html"), "--lang", "pt");
    expect(await saved("r.html")).toMatch(/<html[^>]*lang="pt"/);
    await json("report", case_id, "-o", join(out, "r.pdf"));
    expect(await saved("r.pdf")).toMatch(/^%PDF-/);
    expect((await run("report", case_id, "-o", join(out, "no", "r.pdf"))).stderr).toMatch(
      /cannot be written/,
    );
    await json("export", "cases", "-o", join(out, "cases.csv"));
    expect(await saved("cases.csv")).toContain(case_id);
    await json("export", "pairs", "-o", join(out, "pairs.csv"), "--min-share", "0.1");
    expect((await json("metrics")).total_cases).toBeGreaterThan(0);
    expect(Object.keys(await json("metrics", "--period", "weekly"))[0]).toMatch(/^\d{4}-W\d{2}$/);
    expect((await run("metrics", "--period", "monthly")).stdout).toMatch(/^monthly .*\n\d{4}-\d{2} /);
    expect((await json("delete", case_id)).deleted).toEqual([case_id]);
    expect(await run("case", case_id)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/Case not found/),
    });
    const trail = await json("audit", "list", "--subject", case_id);
    expect(trail.length).toBeGreaterThanOrEqual(2);
    expect(await json("audit", "verify")).toMatchObject({
      valid: true,
      head: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it("changes what does not count and waits until the case was evaluated again", async () => {
    const paragraph = FIRST_ESSAY.split("\n\n")[1]!;
    const quoting = `${PLAIN_TEXT}\n\nDice un ensayo: «${paragraph}» Hasta aquí la cita.\n\n${PLAIN_TEXT}`;
    await checkOne(FIRST_ESSAY, "--author", "Uno");
    const { case_id } = await checkOne(quoting, "--author", "Dos");
    const [left, counted] = [
      await json("exclusions", case_id, "--quotations"),
      await json("exclusions", case_id, "--no-quotations", "--no-same-author"),
    ];
    expect(left.exclusions.quotations).toBe(true);
    expect(counted.exclusions).toMatchObject({ quotations: false, same_author: false });
    expect(counted.similarity_share).toBeGreaterThan(left.similarity_share);
    expect((await run("exclusions", case_id)).stdout).toMatch(/counted: .*quotations/);
  });

  it("adds sources in groups; those that cannot be read fail alone, also where the whole group does", async () => {
    const good = Object.fromEntries(
      Array.from({ length: 21 }, (_, index) => [`${index}.txt`, `Fuente número ${index}. ${PLAIN_TEXT}`]),
    );
    const folder = await folderOf({ ...good, "x.pdf": "%PDF-1.7 none" });
    const added = await run("sources", "add", folder, "--template", "--json");
    expect(added).toMatchObject({ code: 1, stderr: expect.stringMatching(/x\.pdf: failed, /) });
    expect(JSON.parse(added.stdout).added).toHaveLength(21);
    const bad = await folderOf({ "a.pdf": "%PDF-1.7 none", "b.docx": "none" });
    const failed = await run("sources", "add", bad, "--json");
    expect(JSON.parse(failed.stdout)).toMatchObject({
      added: [],
      failed: [{ file: join(bad, "a.pdf") }, {}],
    });
    const listed = await json("sources", "list", "--limit", "21");
    expect(listed).toHaveLength(21);
    expect(listed[0].tipo).toBe("plantilla");
    expect((await run("sources", "remove", "nothing")).stderr).toMatch(/Source not found/);
  });

  it("is demonstrated on two essays of ours, the second of which copies from the first", async () => {
    const written = vi.spyOn(process.stdout, "write").mockReturnValue(true);
    const out = join(await temporaryFolder(), "made", "on the way");
    await demonstrateIntegrity(new QuatrainClient({ baseUrl: url("") }), out);
    const shown = written.mock.calls.map(([text]) => String(text)).join("");
    written.mockRestore();
    for (const rule of [
      "similarity.passage",
      "statistics.p_value",
      "characters.invisible",
      "references.missing_entry",
    ]) {
      expect(shown).toContain(`  ${rule} `);
    }
    expect(shown).toMatch(/similar: [34]\d\.\d % in 2 passages of Los ríos urbanos, Elena Prado/);
    const [report, ...more] = await readdir(out);
    expect(more).toEqual([]);
    expect(await readFile(join(out, report!), "utf8")).toContain("Recuperar el agua");
  });

  it("takes over an older server's cases, says what it found, and can do it again", async () => {
    const folder = await temporaryFolder();
    const file = join(folder, "centinela.db");
    const old = new DatabaseSync(file);
    old.exec(`create table casos (id integer primary key, caso_id text, timestamp text, rol text, tipo_producto text,
        riesgo_score integer, nivel_riesgo text, confianza real, json_data text);
      create table red_flags (caso_id text, flag_text text)`);
    const insert = old.prepare("insert into casos values (?, ?, ?, ?, 'Tesis', ?, 'MEDIO', 0.8, ?)");
    for (let id = 1; id <= 450; id++) {
      const data = { json_data: { titulo: `Título ${id}`, autor: "Ana", evidencias: { sin_borradores: 1 } } };
      const role = id === 1 ? "Rector" : "Estudiante";
      insert.run(
        id,
        `case_old${id}`,
        "2024-05-06T07:08:09.101112",
        role,
        id === 2 ? 400 : 45,
        JSON.stringify(data),
      );
    }
    old.close();
    const dry = await run("import", file, "--dry-run");
    expect(dry).toMatchObject({ code: 0, stderr: "" });
    expect(dry.stdout).toMatch(/table casos, 450 rows[\s\S]*title +450 +json_data > json_data > titulo/);
    expect(dry.stdout).toMatch(/overall_score +449 /);
    expect(dry.stdout).toMatch(/not found: dimensions, texto\nrole "Rector" \(1\) is not known/);
    expect(await readdir(folder)).toEqual(["centinela.db"]);
    const taken = await run("import", file);
    expect(taken).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^case_old2: refused, overall_score/),
    });
    expect(taken.stdout).toMatch(/449 cases taken over from centinela\.db, 0 were here already, 1 refused/);
    const again = JSON.parse((await run("import", file, "--json")).stdout);
    expect(again).toMatchObject({ imported: 0, already_here: 449, refused: [{ case_id: "case_old2" }] });
    const shown = await run("case", "case_old7");
    expect(shown.stdout).toMatch(/45 MEDIO, confidence 0\.8\n[\s\S]*Título 7[\s\S]*2024-05-06T07:08:09 UTC/);
    await writeFile(file, "a letter");
    expect((await run("import", file)).stderr).toMatch(/not an SQLite file/);
  });
});

it("works on a folder that nobody holds, and finds out that its audit was changed", async () => {
  const data = await temporaryFolder();
  const run = (...args: string[]) => runCommand(["integrity", ...args, "--data", data]);
  const document = join(await folderOf({ "e.txt": FIRST_ESSAY }), "e.txt");
  expect((await run("check", document, ...DESCRIBED)).code).toBe(0);
  expect(await run("audit", "verify")).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/holds; its head is/),
  });
  const database = new DatabaseSync(join(data, "quatrain.db"));
  const [table] = database
    .prepare("select name from sqlite_schema where type = 'table' and name like 'integrity%audit%'")
    .all();
  database.exec(`update ${table!.name} set actor = 'somebody else' where seq = 1`);
  database.close();
  const broken = await run("audit", "verify");
  expect(broken).toMatchObject({ code: 1, stdout: expect.stringMatching(/broken at entry 1/) });
});

it("says that a server cannot be reached, and stops at once where the key does not suffice", async () => {
  const documents = await folderOf({ "a.txt": FIRST_ESSAY, "b.txt": SECOND_ESSAY });
  const away = await runCommand(["integrity", "check", documents, "--url", "http://127.0.0.1:1"]);
  expect(away).toMatchObject({ code: 1, stderr: expect.stringMatching(/cannot be reached/) });
  const server = await startServer({
    dataDir: await temporaryFolder(),
    environment: { QUATRAIN_API_KEY: "right" },
    options: ["--only", "integrity"],
  });
  const run = (key: string) =>
    runCommand(["integrity", "check", documents, "--url", server.url, "--key", key, "--json"]);
  expect(await run("wrong")).toMatchObject({
    code: 1,
    stdout: "",
    stderr: expect.stringMatching(/^quatrain: .*\n$/),
  });
  expect((await run("right")).code).toBe(0);
  await server.end("SIGTERM");
});
