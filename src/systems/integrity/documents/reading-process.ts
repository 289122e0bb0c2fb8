import { type ChildProcess, fork } from "node:child_process";
import { QuatrainError } from "../../../platform/errors/quatrain-error.ts";
import { entryUrl } from "../../../platform/lifecycle/entry-url.ts";
import { codeFolders } from "./code-folders.ts";
import type { ReadingLimits } from "./limits.ts";
import type { ChildReport, ReadingRequest } from "./messages.ts";
import type { ReadDocument } from "./port.ts";
import { refusal, unavailable } from "./refusals.ts";
import { residentBytes } from "./resident-memory.ts";

/** What grows by 2 GB in a second grows by a tenth of that between two looks. */
const LOOK_EVERY_MS = 50;

type Report<Kind extends ChildReport["kind"]> = Extract<ChildReport, { kind: Kind }>;

/** What a process has told so far. */
interface Told {
  text?: Report<"text">;
  images?: Report<"images">;
  refused?: Error;
}

/**
 * Reads one document in a process of its own, which sees nothing of ours: no environment, no files but its code and the
 * document, no writing, no other processes. It is killed when it takes too long or too much, or when nobody waits.
 * @throws as `DocumentReader.read`
 */
export function readInProcess(
  request: ReadingRequest,
  limits: ReadingLimits,
  signal: AbortSignal,
): Promise<ReadDocument> {
  const { promise, resolve, reject } = Promise.withResolvers<ReadDocument>();
  const told: Told = {};
  const child = startProcess(request.path, limits.heapMb);
  const end = () => child.kill("SIGKILL");
  let timer = setTimeout(end, limits.textMs);
  const watch = setInterval(() => endIfLarge(child, limits.residentBytes), LOOK_EVERY_MS);
  signal.addEventListener("abort", end);
  child.on("message", (report: ChildReport) => {
    hear(told, report);
    if (report.kind !== "text") return;
    clearTimeout(timer);
    timer = setTimeout(end, limits.imagesMs);
  });
  // A process that was killed, by us or by V8 for lack of memory, has no exit code; one that broke down has.
  const settle = (exitCode: number | null) => {
    clearTimeout(timer);
    clearInterval(watch);
    signal.removeEventListener("abort", end);
    if (signal.aborted) reject(signal.reason);
    else if (told.text !== undefined) resolve(documentOf(told.text, told.images));
    else reject(told.refused ?? refusal(exitCode === null ? "document_too_complex" : "document_unreadable"));
  };
  child.once("error", (cause) => {
    told.refused ??= unavailable(cause);
    if (child.pid === undefined) settle(null);
  });
  child.once("close", settle);
  // A process that is gone by now says so by its end.
  child.send(request, () => {});
  return promise;
}

function hear(told: Told, report: ChildReport): void {
  if (report.kind === "text") told.text = report;
  else if (report.kind === "images") told.images = report;
  else told.refused = new QuatrainError(report.message, report);
}

/** Without a word about the pictures the process has ended over them; the text stands. */
function documentOf({ document }: Report<"text">, told?: Report<"images">): ReadDocument {
  const { images, notes } = told ?? { images: [], notes: ["images_left_out"] as const };
  return { ...document, images, notes: [...document.notes, ...notes] };
}

function startProcess(path: string, heapMb: number): ChildProcess {
  return fork(entryUrl("./document-child", import.meta.url), [], {
    env: {},
    execArgv: [
      `--max-old-space-size=${heapMb}`,
      "--permission",
      // libvips, for pictures.
      "--allow-addons",
      ...[...codeFolders(), path].map((name) => `--allow-fs-read=${name}`),
    ],
    stdio: ["ignore", "ignore", "ignore", "ipc"],
    serialization: "advanced",
  });
}

async function endIfLarge(child: ChildProcess, mostBytes: number): Promise<void> {
  if (child.pid !== undefined && (await residentBytes(child.pid)) > mostBytes) child.kill("SIGKILL");
}
