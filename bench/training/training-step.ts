import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { openOptimiser } from "../../src/algorithms/learning/optimisers/optimiser.ts";
import { float32, type TensorOf } from "../../src/graph/index.ts";
import { openSession } from "../../src/ml/runtime/onnx-session.ts";
import { openModel } from "../../src/systems/training/engine/models/open-model.ts";
import type { StepTimes } from "./torch-counterpart.ts";

const BATCH = 32;
const CLASSES = 10;
const SGD = {
  type: "sgd",
  learningRate: 0.01,
  momentum: 0.9,
  nesterov: false,
  weightDecay: 0,
  betas: [0.9, 0.999],
  eps: 1e-8,
  amsgrad: false,
  alpha: 0.99,
} as const;

/** The net of spec/training.md section 4 as the trainer runs it: training graph, then the optimiser. One thread. */
export async function openTraining(pixels: number) {
  const { model, weights, feeds } = prepared(pixels);
  const sizes = new Map(model.parameters.map(({ name }) => [name, weights.get(name)?.length ?? 0]));
  const optimiser = openOptimiser(SGD, sizes);
  const graph = model.trainingGraph(BATCH);
  const session = await openSession(graph.bytes, { intraOpThreads: 1 });
  const step = async () => {
    const results = await session.run(feeds);
    const slopes = model.parameters.map(({ name }) => [name, results[`grad/${name}`]?.data] as const);
    const gradients = new Map(
      slopes.flatMap(([name, data]) => (data instanceof Float32Array ? [[name, data]] : [])),
    );
    optimiser.step(weights, gradients, { learningRate: SGD.learningRate, momentum: null });
  };
  return {
    async steps(count: number): Promise<StepTimes> {
      const [wall, cpu]: [number[], number[]] = [[], []];
      for (let index = 0; index < count; index++) {
        const [start, used] = [performance.now(), process.cpuUsage()];
        await step();
        const { user, system } = process.cpuUsage(used);
        wall.push(performance.now() - start);
        cpu.push((user + system) / 1000);
      }
      return { wall, cpu };
    },
    close: () => session.release(),
  };
}

/** Milliseconds per run of each operator of the training graph, forward and backward apart. */
export async function profileTraining(
  pixels: number,
  runs: number,
): Promise<Readonly<Record<string, number>>> {
  const folder = mkdtempSync(join(tmpdir(), "quatrain-profile-"));
  try {
    const { model, feeds } = prepared(pixels);
    const session = await InferenceSession.create(model.trainingGraph(BATCH).bytes, {
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      enableMemPattern: false,
      enableProfiling: true,
      profileFilePrefix: join(folder, "step"),
      logSeverityLevel: 4,
    });
    const tensors = Object.entries(feeds).map(([name, { data, shape }]) => [
      name,
      new Tensor("float32", data, shape),
    ]);
    for (let run = 0; run < runs; run++) await session.run(Object.fromEntries(tensors));
    session.endProfiling();
    await session.release();
    return perOperator(readFileSync(join(folder, readdirSync(folder)[0] ?? ""), "utf8"), runs);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function prepared(pixels: number) {
  const model = openModel({
    framework: "quatrain",
    name: "cnn4",
    numClasses: CLASSES,
    imageSize: pixels,
    frozen: false,
    mean: [0.5, 0.5, 0.5],
    std: [0.5, 0.5, 0.5],
  });
  const weights = model.initialWeights(1);
  const data: Readonly<Record<string, Float32Array>> = {
    images: Float32Array.from({ length: BATCH * 3 * pixels ** 2 }, () => 4 * Math.random() - 2),
    targets: Float32Array.from({ length: BATCH * CLASSES }, (_, index) =>
      index % CLASSES === Math.floor(index / CLASSES) % CLASSES ? 1 / BATCH : 0,
    ),
  };
  const feeds: Record<string, TensorOf<"float32">> = {};
  for (const { name, shape } of model.trainingGraph(BATCH).inputs)
    feeds[name] = float32(shape, data[name] ?? weights.get(name) ?? new Float32Array());
  return { model, weights, feeds };
}

interface ProfileEvent {
  readonly cat: string;
  readonly name: string;
  readonly dur: number;
  readonly args: { readonly op_name?: string };
}

/** Nodes are named by their place in the graph (`Conv_12`); the forward part ends with the loss. */
function perOperator(profile: string, runs: number): Readonly<Record<string, number>> {
  const events = (JSON.parse(profile) as readonly ProfileEvent[]).filter(
    ({ cat, name }) => cat === "Node" && name.endsWith("_kernel_time"),
  );
  const placeOf = ({ name }: ProfileEvent) => Number(/_(\d+)/.exec(name)?.[1] ?? Number.NaN);
  const loss = placeOf(events.find(({ args }) => args.op_name === "LogSoftmax") ?? events[0] ?? never());
  const times: Record<string, number> = {};
  for (const event of events) {
    const place = placeOf(event);
    const side = Number.isNaN(place) ? "added by onnxruntime" : place <= loss + 3 ? "forward" : "backward";
    const key = `${event.args.op_name} ${side}`;
    times[key] = (times[key] ?? 0) + event.dur / 1000 / runs;
  }
  return times;
}

function never(): never {
  throw new Error("the profile holds no operators");
}
