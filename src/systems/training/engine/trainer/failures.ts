import { messageOf, QuatrainError } from "../../../../platform/errors/quatrain-error.ts";
import type { TrainerFailed } from "../port.ts";
import { LESS_MEMORY } from "../run-trainer-exit.ts";

/** Training cannot go on, for a reason that the user can mend. */
export class TrainingFailure extends Error {
  /** One of the codes of `TrainerFailed`. */
  readonly code: string;
  /** Epoch in which it happened, from 1; null before the first. */
  readonly epoch: number | null;

  constructor(code: string, epoch: number | null, message: string) {
    super(message);
    this.name = "TrainingFailure";
    this.code = code;
    this.epoch = epoch;
  }
}

/** Whatever was thrown, as the event that tells it. @param epoch in which it happened */
export function failureEvent(error: unknown, epoch: number | null): TrainerFailed {
  if (error instanceof TrainingFailure)
    return { type: "failed", code: error.code, message: error.message, epoch: error.epoch, traceback: null };
  const failed = { type: "failed", epoch, traceback: null } as const;
  if (error instanceof QuatrainError) return { ...failed, code: error.code, message: error.message };
  if (isDiskFull(error)) return { ...failed, code: "disk_full", message: DISK_FULL };
  if (isOutOfMemory(error))
    return { ...failed, code: "out_of_memory", message: `The trainer ran out of memory: ${LESS_MEMORY}` };
  const traceback = error instanceof Error ? (error.stack ?? null) : null;
  return { ...failed, traceback, code: "trainer_fault", message: `The trainer failed: ${messageOf(error)}` };
}

const DISK_FULL =
  "The disk is full: the checkpoint could not be written, the one before it is kept. Make room, then start the job again to continue from there";

function isDiskFull(error: unknown): boolean {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return code === "ENOSPC" || code === "EDQUOT";
}

/** V8 for buffers that cannot be had; the C++ library and onnxruntime through its binding. */
function isOutOfMemory(error: unknown): boolean {
  return /array buffer allocation failed|invalid (typed )?array length|bad_alloc|failed to allocate/i.test(
    messageOf(error),
  );
}
