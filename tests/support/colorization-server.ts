import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect } from "vitest";
import { encodePng } from "../../src/ml/images/edit-picture.ts";
import { comicPage, grayPage } from "./drawn-comics.ts";
import { type Answer, postJson, send } from "./requests.ts";
import { type ServerProcess, startServer } from "./server-process.ts";

export const STYLE = "data/style.png";

/** A server with colorization for the tests of a file, with `data/style.png` and `data/page.png` in its folder. */
export interface ColorizationServer {
  readonly url: (path: string) => string;
  readonly server: () => ServerProcess;
  /** Where its clients' relative paths begin. */
  readonly root: () => string;
  /** Writes a file below that. @returns its relative name */
  put(name: string, bytes: Uint8Array | string): Promise<string>;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  post(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  /** Sends a job of the style and a page, with other fields where they are given. */
  submit(fields: Readonly<Record<string, unknown>>, kind?: string): Promise<Answer>;
  /** The same, which has to be accepted. @returns the job at its end */
  run(fields: Readonly<Record<string, unknown>>, kind?: string): Promise<EndedJob>;
  ended(jobId: string): Promise<EndedJob>;
  upload(files: readonly (readonly [name: string, content: Uint8Array | Blob])[]): Promise<Answer>;
}

export interface EndedJob {
  readonly job_id: string;
  readonly status: string;
  readonly error?: string;
  readonly progress: {
    readonly total_pages: number;
    readonly pass1_done: number;
    readonly pass2_done: number;
  };
  readonly failed_pages: readonly { readonly page_num: number; readonly error: string }[];
  readonly skipped_pages: readonly number[];
}

export function useColorizationServer(
  environment: Readonly<Record<string, string>> | (() => Promise<Readonly<Record<string, string>>>) = {},
): ColorizationServer {
  let server: ServerProcess;
  let dataDir: string;
  const root = () => join(dataDir, "colorization");

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "quatrain-colours-"));
    await put(STYLE, await encodePng(comicPage()));
    await put("data/page.png", await encodePng(grayPage()));
    server = await startServer({
      dataDir,
      environment: {
        QUATRAIN_COLORIZATION_THREADS: "1",
        ...(typeof environment === "function" ? await environment() : environment),
      },
      options: ["--only", "colorization"],
    });
  });

  afterAll(async () => {
    const { code } = await server.end("SIGTERM");
    await rm(dataDir, { recursive: true, force: true });
    expect(code).toBe(0);
  });

  const url = (path: string) => server.url + path;
  const put = async (name: string, bytes: Uint8Array | string) => {
    const path = join(root(), name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes);
    return name;
  };
  const get = (path: string, headers = {}) => send("GET", url(path), headers);
  const post = (path: string, body: unknown, headers = {}) => postJson(url(path), body, headers);
  const submit = (fields: Readonly<Record<string, unknown>>, kind = "two-pass") =>
    post(`/v1/jobs/${kind}`, {
      chapter_id: "c",
      input_dir: "data/page.png",
      style_reference: STYLE,
      engine: "embedded",
      ...fields,
    });
  const ended = async (jobId: string): Promise<EndedJob> => {
    await expect
      .poll(async () => (await get(`/v1/jobs/${jobId}`)).body.status, { timeout: 50_000, interval: 100 })
      .not.toMatch(/queued|running/);
    return (await get(`/v1/jobs/${jobId}`)).body;
  };
  return {
    url,
    server: () => server,
    root,
    put,
    get,
    post,
    submit,
    ended,
    async run(fields, kind) {
      const accepted = await submit(fields, kind);
      expect([accepted.status, accepted.body]).toMatchObject([202, { status: "queued" }]);
      return ended(accepted.body.job_id);
    },
    async upload(files) {
      const form = new FormData();
      for (const [name, content] of files)
        form.append("file", content instanceof Blob ? content : new Blob([new Uint8Array(content)]), name);
      const response = await fetch(url("/v1/uploads"), { method: "POST", body: form });
      return { status: response.status, headers: response.headers, body: await response.json() };
    },
  };
}
