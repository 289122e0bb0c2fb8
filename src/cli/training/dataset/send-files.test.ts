import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { ClientError, QuatrainClient } from "../../../client/index.ts";
import type { FolderFile } from "./folder-files.ts";
import { type Sent, sendArchive, sendFolder } from "./send-files.ts";

interface Request {
  readonly method: string;
  readonly path: string;
  readonly form: FormData;
}

/** A server that takes everything, but for requests from the given one on. */
function takingClient(requests: Request[], failFrom = Number.POSITIVE_INFINITY): QuatrainClient {
  const take: typeof fetch = async (url, init) => {
    const { pathname } = new URL(String(url));
    requests.push({ method: init?.method ?? "", path: pathname, form: init?.body as FormData });
    if (requests.length >= failFrom) return Response.json({ detail: "full" }, { status: 413 });
    return Response.json({ id: "d1", skipped_files: 1 });
  };
  return new QuatrainClient({ baseUrl: "http://server", fetch: take });
}

async function filesOnDisk(count: number): Promise<FolderFile[]> {
  const folder = await mkdtemp(join(tmpdir(), "quatrain-send-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, "one.png");
  await writeFile(path, "bytes");
  return Array.from({ length: count }, (_, index) => ({ path, relative: `a/${index}"é.png`, bytes: 5 }));
}

const newSent = (): Sent => ({ dataset: null, files: 0, skipped: 0 });
const FIELDS = { fields: { name: "Parts", format: "auto" as const } };

test("a folder goes in batches: the first makes the dataset, the others are added, each with its paths", async () => {
  const files = await filesOnDisk(1_001);
  const requests: Request[] = [];
  const sent = newSent();
  const shares: number[] = [];
  await sendFolder(takingClient(requests), FIELDS, files, sent, (share) => shares.push(share));
  expect(requests.map(({ method, path, form }) => [method, path, form.getAll("files").length])).toEqual([
    ["POST", "/api/v1/datasets", 500],
    ["POST", "/api/v1/datasets/d1/files", 500],
    ["POST", "/api/v1/datasets/d1/files", 1],
  ]);
  expect(requests[0]?.form.get("name")).toBe("Parts");
  expect(requests[0]?.form.has("project_id")).toBe(false);
  expect(requests.flatMap(({ form }) => form.getAll("paths"))).toEqual(files.map(({ relative }) => relative));
  const [file] = requests[2]?.form.getAll("files") ?? [];
  expect(file).toMatchObject({ name: 'a/1000"é.png', size: 5 });
  expect(sent).toMatchObject({ dataset: { id: "d1" }, files: 1_001, skipped: 3 });
  expect(shares).toEqual([0, 500 / 1_001, 1_000 / 1_001]);
});

test("what has arrived is known when the server refuses the rest", async () => {
  const sent = newSent();
  const sending = sendFolder(takingClient([], 2), FIELDS, await filesOnDisk(900), sent, () => undefined);
  await expect(sending).rejects.toBeInstanceOf(ClientError);
  expect(sent).toMatchObject({ dataset: { id: "d1" }, files: 500 });
});

test("files go into a dataset that is there, an archive as it is", async () => {
  const [file] = await filesOnDisk(1);
  const requests: Request[] = [];
  await sendArchive(takingClient(requests), { datasetId: "d7" }, file?.path ?? "", newSent());
  expect(requests).toMatchObject([{ method: "POST", path: "/api/v1/datasets/d7/files" }]);
  expect(requests[0]?.form.has("paths")).toBe(false);
  expect(requests[0]?.form.get("files")).toMatchObject({ name: "one.png", size: 5 });
});

test("a file that cannot be read is named", async () => {
  const gone = { path: "/no/such.png", relative: "such.png", bytes: 1 };
  const sending = sendFolder(takingClient([]), FIELDS, [gone], newSent(), () => undefined);
  await expect(sending).rejects.toThrow("/no/such.png cannot be read");
});
