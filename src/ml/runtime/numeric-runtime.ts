import type { ElementType, GraphModel, Tensor, TensorOf } from "../../graph/index.ts";

/** Tensors by the names of a model's inputs or outputs. */
export type NamedTensors = Readonly<Record<string, Tensor>>;

export interface RunOptions {
  /** Drops the request while it waits; a run that has begun finishes, but its result is thrown away. */
  readonly signal?: AbortSignal;
  /**
   * false (unless given): feeds are copied, the caller keeps them. true: their buffers move to the runtime and
   * are empty (detached) for the caller from this call on; every feed must own the whole of its buffer.
   */
  readonly transferFeeds?: boolean;
}

/** What the runtime is doing, for health and metrics. */
export interface RuntimeStatus {
  readonly workers: number;
  readonly busy: number;
  readonly queued: number;
  readonly closed: boolean;
}

/**
 * Runs models in threads of its own, never on the event loop. One run cannot be interrupted: keep it bounded
 * (well below a second) and make many, so that cancelling and closing stay quick.
 */
export interface NumericRuntime {
  /**
   * Runs a model once. The outputs belong to the caller.
   * @throws QuatrainError `cancelled` (499) after an abort; `runtime_busy` (429) when the queue is full: try again
   * later; `runtime_closed` (503); `runtime_tensors_too_large` (413) beyond the limit for feeds or outputs;
   * `runtime_feed_mismatch` (500) for feeds that are not what the model declares; `runtime_failed` (500) when
   * onnxruntime refuses the model or the run; `runtime_worker_lost` (500) when the thread died.
   */
  run(model: GraphModel, feeds: NamedTensors, options?: RunOptions): Promise<NamedTensors>;
  /** Gets a session ready in one thread (starting it if need be), so that the first run is as fast as the rest. */
  warm(model: GraphModel, options?: { readonly signal?: AbortSignal }): Promise<void>;
  status(): RuntimeStatus;
  /** Runs that have begun finish and answer; waiting ones fail with `runtime_closed`; then the threads end. */
  close(): Promise<void>;
}

/**
 * One output, known to be of a type: `outputOf(outputs, "scores", "float32").data`.
 * @throws RangeError when there is no such output or it is of another type: a mistake of the code.
 */
export function outputOf<T extends ElementType>(outputs: NamedTensors, name: string, type: T): TensorOf<T> {
  const tensor: Tensor | undefined = outputs[name];
  if (tensor === undefined)
    throw new RangeError(`there is no output "${name}", only ${Object.keys(outputs)}`);
  if (!isOfType(tensor, type)) throw new RangeError(`output "${name}" is ${tensor.type}, not ${type}`);
  return tensor;
}

function isOfType<T extends ElementType>(tensor: Tensor, type: T): tensor is Extract<Tensor, TensorOf<T>> {
  return tensor.type === type;
}
