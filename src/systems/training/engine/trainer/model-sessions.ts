import { float32, type GraphModel } from "../../../../graph/index.ts";
import type { NamedTensors } from "../../../../ml/runtime/numeric-runtime.ts";
import { type OnnxSession, openSession } from "../../../../ml/runtime/onnx-session.ts";
import type { ModelDefinition, Weights } from "../models/model.ts";

type GraphKind = "training" | "evaluation" | "features";

interface Prepared {
  readonly graph: GraphModel;
  readonly session: OnnxSession;
}

/** A model's graphs in this thread, which every run blocks. Sessions are opened at their first use and kept. */
export class ModelSessions {
  readonly #definition: ModelDefinition;
  readonly #threads: number;
  readonly #prepared = new Map<string, Promise<Prepared>>();

  /** @param threads that one run uses; with 1 the same feeds give the same numbers to the bit */
  constructor(definition: ModelDefinition, threads: number) {
    this.#definition = definition;
    this.#threads = threads;
  }

  /**
   * Runs one graph. Outputs are the caller's own.
   * @param data the inputs that are no weights, by name: flat numbers in the shapes that the graph declares
   */
  async run(
    kind: GraphKind,
    batch: number,
    data: Readonly<Record<string, Float32Array>>,
    weights: Weights,
  ): Promise<NamedTensors> {
    const { graph, session } = await this.#prepare(kind, batch);
    const feeds = graph.inputs.map(({ name, shape }) => {
      const numbers = data[name] ?? weights.get(name);
      if (numbers === undefined) throw new RangeError(`${graph.name} wants ${name}, which nobody has`);
      return [name, float32(shape, numbers)] as const;
    });
    return session.run(Object.fromEntries(feeds));
  }

  #prepare(kind: GraphKind, batch: number): Promise<Prepared> {
    const key = `${kind} ${batch}`;
    const found = this.#prepared.get(key) ?? this.#open(kind, batch);
    this.#prepared.set(key, found);
    return found;
  }

  async #open(kind: GraphKind, batch: number): Promise<Prepared> {
    const graph = this.#graphOf(kind, batch);
    return { graph, session: await openSession(graph.bytes, { intraOpThreads: this.#threads }) };
  }

  #graphOf(kind: GraphKind, batch: number): GraphModel {
    if (kind === "training") return this.#definition.trainingGraph(batch);
    if (kind === "evaluation") return this.#definition.evaluationGraph(batch);
    const graph = this.#definition.featureGraph(batch);
    if (graph === null) throw new RangeError("this model is fed with pictures");
    return graph;
  }
}
