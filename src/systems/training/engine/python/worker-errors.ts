import { messageOf, QuatrainError } from "../../../../platform/errors/quatrain-error.ts";

const HOW_TO_ATTACH =
  "set QUATRAIN_PYTHON to a python3 with torch and torchvision (and ultralytics, where it is to be trained) and " +
  "restart the server, or start workers/python/serve.py elsewhere and set QUATRAIN_TRAINING_WORKER_URL and " +
  "QUATRAIN_TRAINING_WORKER_TOKEN";

/** `TRAINING_SERVICE_UNAVAILABLE` (503). `problem` is a sentence without its full stop; how to attach a worker follows. */
export function unavailable(problem: string, cause?: unknown): QuatrainError {
  return new QuatrainError(`${problem}: ${HOW_TO_ATTACH}`, {
    code: "TRAINING_SERVICE_UNAVAILABLE",
    status: 503,
    cause,
  });
}

/** The worker could not be spoken to. */
export function unreachable(address: string, cause: unknown): QuatrainError {
  const reason = cause instanceof Error && cause.cause !== undefined ? cause.cause : cause;
  return unavailable(`The Python worker at ${address} does not answer (${messageOf(reason)})`, cause);
}
