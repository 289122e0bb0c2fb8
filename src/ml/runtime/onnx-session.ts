import { InferenceSession, Tensor as OrtTensor } from "onnxruntime-node";
import type { Tensor } from "../../graph/index.ts";
import type { NamedTensors } from "./numeric-runtime.ts";

/** How onnxruntime shall run a model. */
export interface SessionOptions {
  /** Threads of one run, the calling one included. */
  readonly intraOpThreads: number;
}

/**
 * One model ready to run, in the calling thread. `run` blocks that thread, and ending a thread or the process
 * during a run aborts the process: outside tests only the session worker and the processes that train may use it.
 */
export interface OnnxSession {
  /** The feeds are read in place; the outputs own their buffers. */
  run(feeds: NamedTensors): Promise<NamedTensors>;
  release(): Promise<void>;
}

/** Opens an ONNX file. @throws Error with onnxruntime's words when it refuses the model. */
export async function openSession(bytes: Uint8Array, options: SessionOptions): Promise<OnnxSession> {
  const session = await InferenceSession.create(bytes, {
    executionProviders: ["cpu"],
    intraOpNumThreads: options.intraOpThreads,
    interOpNumThreads: 1,
    executionMode: "sequential",
    graphOptimizationLevel: "all",
    // Measured in the README: the arena is a quarter faster, patterns only raise its peak, and threads that
    // spin while they wait take the processor from everybody else.
    enableCpuMemArena: true,
    enableMemPattern: false,
    extra: { session: { intra_op: { allow_spinning: "0" } } },
    // What goes wrong is thrown with its reason; standard error is not for it.
    logSeverityLevel: 4,
  });
  return {
    async run(feeds) {
      const results = await session.run(mapValues(feeds, toOrt));
      return mapValues(results, fromOrt);
    },
    release: () => session.release(),
  };
}

function toOrt({ type, shape, data }: Tensor): OrtTensor {
  return new OrtTensor(type, data, shape);
}

function fromOrt({ type, dims, data }: OrtTensor): Tensor {
  const shape = [...dims];
  if (type === "float32" && data instanceof Float32Array) return { type, shape, data };
  if (type === "float64" && data instanceof Float64Array) return { type, shape, data };
  if (type === "int64" && data instanceof BigInt64Array) return { type, shape, data };
  if (type === "int32" && data instanceof Int32Array) return { type, shape, data };
  if (type === "int8" && data instanceof Int8Array) return { type, shape, data };
  if ((type === "uint8" || type === "bool") && data instanceof Uint8Array) return { type, shape, data };
  throw new TypeError(`onnxruntime returned a ${type} tensor, which no graph of ours declares`);
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, map: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}
