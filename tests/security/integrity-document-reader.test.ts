import { fork } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { describe, expect, it, onTestFinished } from "vitest";
import { entryUrl } from "../../src/platform/lifecycle/entry-url.ts";
import { ChildDocumentReader } from "../../src/systems/integrity/documents/child-document-reader.ts";
import { codeFolders } from "../../src/systems/integrity/documents/code-folders.ts";
import type { ReadingLimits } from "../../src/systems/integrity/documents/limits.ts";
import { drawPdf, rawPdf } from "../support/drawn-documents/pdf-files.ts";
import { drawDocx, paragraph } from "../support/drawn-documents/word-files.ts";
import { discPng } from "../support/drawn-pictures.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const picture = Buffer.from(await (await discPng(1)).arrayBuffer());
const docx = drawDocx({ body: paragraph("Un texto breve."), media: { "image1.png": picture } });
/** Asks for 7^20 pictures that are empty: it takes for ever. */
const endless = rawPdf("/X Do", {
  resources: "/XObject << /X 6 0 R >>",
  objects: Array.from(
    { length: 20 },
    (_, at) =>
      `<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X ${7 + at} 0 R >> >> /Length 41 >>\nstream\n/X Do /X Do /X Do /X Do /X Do /X Do /X Do\nendstream`,
  ),
});

function open(limits?: Partial<ReadingLimits>): ChildDocumentReader {
  const reader = new ChildDocumentReader(limits);
  onTestFinished(() => reader.close());
  return reader;
}

async function saved(bytes: Uint8Array): Promise<string> {
  const path = join(await temporaryFolder(), "a, b * c");
  await writeFile(path, bytes);
  return path;
}

const running = () => process.getActiveResourcesInfo().filter((name) => name === "ProcessWrap").length;
const codeOf = (error: { code?: string }) => error.code;

describe("a process for each document", () => {
  it("reads its text and its pictures", async () => {
    const document = await open().read(await saved(docx), "trabajo.docx");
    expect(document).toMatchObject({ format: "docx", text: "Un texto breve.", notes: [] });
    expect(document.images).toMatchObject([{ width: 160, height: 160 }]);
  });

  it("tells why a document cannot be read", async () => {
    const error = await open()
      .read(await saved(Buffer.from("\x89PNG\0\0\0", "latin1")), "a.txt")
      .catch((error) => error);
    expect(error).toMatchObject({ code: "unsupported_document", status: 400, name: "QuatrainError" });
  });

  it("is ended when it takes too long", async () => {
    await expect(open({ textMs: 1_500 }).read(await saved(endless), "a.pdf")).rejects.toMatchObject({
      code: "document_too_complex",
      status: 400,
    });
  });

  it.runIf(process.platform === "linux")(
    "is ended when it takes too much memory, whatever kind of",
    async () => {
      const bomb = deflateSync(deflateSync(Buffer.alloc(250 * 1024 ** 2, "0 ")));
      const path = await saved(rawPdf(bomb, { stream: "/Filter [/FlateDecode /FlateDecode]" }));
      await expect(open({ residentBytes: 300 * 1024 ** 2 }).read(path, "a.pdf")).rejects.toMatchObject({
        code: "document_too_complex",
      });
    },
  );

  it("ends when its values take too much memory", async () => {
    const page = Buffer.from("<p>a".repeat(400_000));
    await expect(open({ heapMb: 30 }).read(await saved(page), "a.html")).rejects.toMatchObject({
      code: "document_too_complex",
    });
  });

  it("keeps the text when only the pictures take too long", async () => {
    const pdf = await drawPdf((pen) => pen.text("Con imagen.").image(picture, 72, 200, { width: 200 }));
    const document = await open({ imagesMs: 0 }).read(await saved(pdf), "a.pdf");
    expect(document).toMatchObject({ text: "Con imagen.", images: [], notes: ["images_left_out"] });
  });

  it("ends when nobody waits for it any more", async () => {
    const child = fork(
      entryUrl("../../src/systems/integrity/documents/document-child", import.meta.url),
      [],
      { execArgv: [], stdio: "ignore" },
    );
    const ended = once(child, "exit");
    await once(child, "spawn");
    child.disconnect();
    expect((await ended)[0]).toBe(0);
  });

  it("may read our code and nothing else of ours", () => {
    expect(codeFolders().length).toBeGreaterThanOrEqual(3);
    for (const folder of codeFolders()) expect(folder).toMatch(/(src|node_modules)\/$|package\.json$/);
  });
});

describe("many documents", () => {
  it("are read two at once; as many wait as there is room for", async () => {
    const reader = open();
    const path = await saved(endless);
    const leaving = new AbortController();
    const reads = Array.from({ length: 34 }, () => reader.read(path, "a.pdf", leaving.signal).catch(codeOf));
    await expect(reader.read(path, "a.pdf")).rejects.toMatchObject({ code: "documents_busy", status: 429 });
    await expect.poll(running).toBe(2);
    leaving.abort({ code: "gone" });
    expect(await Promise.all(reads)).toEqual(Array(34).fill("gone"));
    expect(await reader.read(await saved(docx), "a.docx")).toMatchObject({ format: "docx" });
  });

  it("are read in turn, those that wait after one that failed, too", async () => {
    const reader = open();
    const [good, bad] = [await saved(docx), await saved(Buffer.from("PK\x03\x04"))];
    const reads = [bad, good, bad, good, good].map((path) =>
      reader.read(path, "a.docx").then(({ format }) => format, codeOf),
    );
    const [broken, read] = ["document_unreadable", "docx"];
    expect(await Promise.all(reads)).toEqual([broken, read, broken, read, read]);
  });

  it("are all given up at the end", async () => {
    const reader = open();
    const path = await saved(endless);
    const reads = Array.from({ length: 4 }, () => reader.read(path, "a.pdf").catch(codeOf));
    await expect.poll(running).toBe(2);
    await reader.close();
    expect(await Promise.all(reads)).toEqual(Array(4).fill("documents_unavailable"));
    await expect(reader.read(path, "a.pdf")).rejects.toMatchObject({ status: 503 });
    await expect.poll(running).toBe(0);
  });

  it("that nobody waits for are not begun", async () => {
    const leaving = AbortSignal.abort(new Error("gone"));
    await expect(open().read("/nowhere", "a.pdf", leaving)).rejects.toThrow("gone");
  });
});
