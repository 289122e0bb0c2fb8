import type { ChildProcess } from "node:child_process";
import type { Readable } from "node:stream";
import type { TrainerFailed } from "./port.ts";

/** Characters of a broken process's output that are kept. */
const MOST_CHARACTERS = 8000;
/** What V8, the C++ library and onnxruntime say when memory is short. */
const OUT_OF_MEMORY = /heap out of memory|bad_alloc|failed to allocate|cannot allocate memory/i;

/** What the operating system says of a process that has ended; both null where it could not be started. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Collects what a process writes. @returns a function that gives the last of it */
export function lastWords(child: ChildProcess): () => string {
  let text = "";
  const listen = (stream: Readable | null) =>
    stream?.setEncoding("utf8").on("data", (part: string) => {
      text = (text + part).slice(-MOST_CHARACTERS);
    });
  listen(child.stdout);
  listen(child.stderr);
  return () => text.trim();
}

/** Why a process that said nothing about it has ended. */
export function explainExit(exit: Exit, fault: Error | null, words: string): TrainerFailed {
  const traceback = words === "" ? null : words;
  const failed = { type: "failed", epoch: null, traceback } as const;
  if (OUT_OF_MEMORY.test(words))
    return { ...failed, code: "out_of_memory", message: `The trainer ran out of memory: ${LESS_MEMORY}` };
  if (exit.signal === "SIGKILL")
    return {
      ...failed,
      code: "trainer_fault",
      message: `The trainer's process was killed from outside (SIGKILL), which systems do when memory runs out: ${LESS_MEMORY}`,
    };
  return {
    ...failed,
    code: "trainer_fault",
    message: `The trainer's process broke down (${reason(exit, fault)}): start the job again to continue from its last checkpoint; its last words are in the log`,
  };
}

/** Advice for a run that needs too much. */
export const LESS_MEMORY =
  "use a smaller batch_size or image_size, or give the machine more memory, then start the job again";

function reason(exit: Exit, fault: Error | null): string {
  if (fault !== null) return fault.message;
  return exit.signal ?? `exit code ${exit.code}`;
}
