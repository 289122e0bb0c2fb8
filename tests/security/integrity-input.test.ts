import { readdir, readFile } from "node:fs/promises";
import { request } from "node:http";
import { join } from "node:path";
import { json } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import { METADATA, PLAIN_TEXT, useIntegrityServer } from "../support/integrity-server.ts";
import { postJson, send } from "../support/requests.ts";

const { url, analyse, dataDir } = useIntegrityServer();

/** Sentences enough for a text of about so many characters, none like another. */
function longText(characters: number): string {
  let text = "";
  for (let index = 0; text.length < characters; index++) {
    text += `Frase ${index}: la casa ${(index * 7919) % 1_000} mira al río ${(index * 104_729) % 1_009} sin prisa. `;
  }
  return text;
}

describe("hostile input", () => {
  test.each([
    ["one word of a million letters", "a".repeat(1_000_000)],
    ["a million spaces and few words", `${PLAIN_TEXT}${" ".repeat(1_000_000)}fin`],
    ["a million commas", `${PLAIN_TEXT} ${",".repeat(1_000_000)}`],
    ["a million brackets", `${PLAIN_TEXT} ${"(".repeat(500_000)}${"[".repeat(500_000)}`],
    ["200,000 times the same word", "eco ".repeat(200_000)],
    ["a hundred thousand lines", "línea\n".repeat(100_000)],
    ["nothing but digits", "12,5 % (n = 3) ".repeat(50_000)],
    ["quotation marks that never close", `${PLAIN_TEXT} ${'«“"'.repeat(200_000)}`],
    ["combining marks", `${PLAIN_TEXT} e${"\u0301".repeat(300_000)}`],
    ["a long text", longText(1_900_000)],
  ])("%s is analysed in seconds, and lists stay fast", { timeout: 120_000 }, async (_what, texto) => {
    const answered = analyse(texto);
    expect((await send("GET", url("/api/cases?limit=1"))).status).toBe(200);
    const { status, body } = await answered;
    expect(status, JSON.stringify(body).slice(0, 300)).toBe(201);
    expect(body.analysis).toMatchObject({ overall_score: 0, overall_level: "BAJO" });
  });

  test("50 MB of text are refused as too large, before they are all sent", async () => {
    const answer = await new Promise<{ status?: number; body: unknown }>((resolve, reject) => {
      const sending = request(url("/api/analyze"), {
        method: "POST",
        headers: { "content-length": 50_000_000 },
      });
      sending.on("error", reject);
      sending.on("response", async (response) => {
        resolve({ status: response.statusCode, body: await json(response) });
        sending.destroy();
      });
      sending.write(Buffer.from(`{"texto": "${"texto ".repeat(1_000)}`));
    });
    expect(answer).toMatchObject({ status: 413, body: { code: "TOO_LARGE" } });
    expect((await send("GET", url("/health"))).status).toBe(200);
  });

  test("more characters than the limit are refused in words", async () => {
    const { status, body } = await analyse("texto ".repeat(400_000));
    expect([status, body.code]).toEqual([413, "INVALID_TEXT"]);
    expect(body.error).toContain("2000000");
  });

  test("names of the prototype and SQL are only words", async () => {
    const evidencias = JSON.parse('{"__proto__": 1, "constructor": 1}');
    const { status, body } = await analyse(
      PLAIN_TEXT,
      { evidencias },
      {
        ...METADATA,
        titulo: "'; drop table integrity_cases; --",
        autor: "<script>alert(1)</script>",
      },
    );
    expect(status).toBe(201);
    const found = await send("GET", url(`/api/case/${body.case_id}`));
    expect(found.body.case.title).toBe("'; drop table integrity_cases; --");
    const report = await send("GET", url(`/api/case/${body.case_id}/report`));
    expect(report.body).not.toContain("<script>alert");
    expect(report.headers.get("content-security-policy")).toContain("default-src 'none'");
  });

  test.each(["x".repeat(5_000), "..%2f..%2fetc", "case_%00", "%F0%9F%98%80"])(
    "case id %j is not found",
    async (id) => {
      const { status, body } = await send("GET", url(`/api/case/${id}`));
      expect([400, 404, 414]).toContain(status);
      expect(body).toHaveProperty("error");
    },
  );
});

describe("deletion", () => {
  /** Whether any file of the server's holds these bytes. */
  async function isOnDisk(bytes: string | Buffer): Promise<boolean> {
    const names = await readdir(dataDir(), { recursive: true, withFileTypes: true });
    for (const entry of names.filter((found) => found.isFile())) {
      if ((await readFile(join(entry.parentPath, entry.name))).includes(bytes)) return true;
    }
    return false;
  }

  test("leaves nothing of a case in the database, its journal or the files", async () => {
    const secret = "Xilófono Quetzalcóatl";
    const texto = `${PLAIN_TEXT} Firmado en secreto, sin testigos, una noche.`;
    const { body } = await analyse(texto, {}, { ...METADATA, titulo: secret });
    const other = await analyse(`${texto} Y otra vez.`);
    expect(other.body.analysis.measured.similarity[0]).toMatchObject({ id: body.case_id, title: secret });
    expect(await isOnDisk(secret)).toBe(true);
    const deleted = await send("DELETE", url(`/api/case/${body.case_id}`));
    expect(deleted).toMatchObject({ status: 200, body: { deleted: true } });
    expect(await isOnDisk(secret)).toBe(false);
    expect((await send("GET", url(`/api/case/${body.case_id}`))).status).toBe(404);
    const left = await send("GET", url(`/api/case/${other.body.case_id}`));
    expect(left.body.case.measured.similarity.map(({ id }: { id: string }) => id)).not.toContain(
      body.case_id,
    );
    expect(await send("GET", url("/api/audit/verify"))).toMatchObject({ body: { valid: true } });
  });
});

test("a source that is no text, and a list that is none, are refused by their places", async () => {
  const answer = await postJson(url("/api/sources"), {
    fuentes: [{ texto: PLAIN_TEXT }, { texto: "corto" }],
  });
  expect(answer).toMatchObject({ status: 400, body: { code: "INVALID_TEXT" } });
  expect(answer.body.error).toContain("fuentes[1].texto");
  expect((await postJson(url("/api/sources"), { fuentes: "x" })).body.code).toBe("INVALID_REQUEST");
});
