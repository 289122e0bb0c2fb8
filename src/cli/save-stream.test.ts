import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { saveStream } from "./save-stream.ts";

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "quatrain-save-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

function streamOf(...parts: (string | Error)[]): ReadableStream<Uint8Array<ArrayBuffer>> {
  return ReadableStream.from(
    (function* () {
      for (const part of parts) {
        if (part instanceof Error) throw part;
        yield new TextEncoder().encode(part);
      }
    })(),
  );
}

test("a stream that ends well takes the place of what was there", async () => {
  const folder = await newFolder();
  const path = join(folder, "model.onnx");
  await writeFile(path, "an older and longer one");
  expect(await saveStream(path, streamOf("new ", "one"))).toBe(7);
  expect(await readFile(path, "utf8")).toBe("new one");
  expect(await readdir(folder)).toEqual(["model.onnx"]);
});

test("one that breaks leaves what was there, and nothing else", async () => {
  const folder = await newFolder();
  const path = join(folder, "model.onnx");
  await writeFile(path, "older");
  await expect(saveStream(path, streamOf("new", new Error("lost")))).rejects.toThrow(
    /cannot be written: lost/,
  );
  expect(await readFile(path, "utf8")).toBe("older");
  expect(await readdir(folder)).toEqual(["model.onnx"]);
});

test("a place that does not exist is said to", async () => {
  const path = join(await newFolder(), "none", "model.onnx");
  await expect(saveStream(path, streamOf("x"))).rejects.toThrow(/cannot be written: ENOENT/);
});
