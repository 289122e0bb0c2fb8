import {
  add,
  batchNorm,
  batchNormTraining,
  conv,
  type GraphBuilder,
  gemm,
  mul,
  relu,
  type Value,
} from "../../../../graph/index.ts";
import { filled, type Initial, kaimingFanOut, linearUniform } from "./initial-weights.ts";
import type { NamedShape } from "./model.ts";

/** A weight as a layer declares it. */
export interface DeclaredWeight extends NamedShape {
  /** `frozen`: a parameter that is not trained. */
  readonly role: "parameter" | "frozen" | "buffer";
  readonly initial: Initial;
}

/** Statistics of one batch norm in training form. */
export interface BatchMoments {
  /** The layer's name, without `.running_mean`. */
  readonly name: string;
  /** `[channels]` */
  readonly mean: Value;
  /** `[channels]`, unbiased, as torch's running variance wants it. */
  readonly variance: Value;
}

interface LayersOptions {
  /** Batch norms normalise with the batch's own statistics (where they are not frozen). */
  readonly training: boolean;
  /** Yields the value of a weight: an input of the graph, or a constant. Asked once for each that is read. */
  readonly supply: (weight: NamedShape) => Value;
}

interface ConvShape {
  /** Channels that leave. */
  readonly out: number;
  /** Pixels along the square kernel's side; padded by half of it, so that stride 1 keeps the size. */
  readonly kernel: number;
  /** 1 unless given. */
  readonly stride?: number;
}

/**
 * The layers of a network: each emits its nodes and declares its weights by torch's names as it goes. The same
 * calls serve to list the weights, to train and to evaluate.
 */
export class Layers {
  readonly declared: DeclaredWeight[] = [];
  readonly moments: BatchMoments[] = [];
  readonly #options: LayersOptions;
  #frozen = false;

  constructor(options: LayersOptions) {
    this.#options = options;
  }

  /** What `part` declares is not trained, and its batch norms use their stored statistics. */
  frozen<T>(part: () => T): T {
    const before = this.#frozen;
    this.#frozen = true;
    try {
      return part();
    } finally {
      this.#frozen = before;
    }
  }

  /** A convolution without bias: a batch norm follows. `[n, in, ...]` -> `[n, out, ...]`. */
  conv(x: Value, name: string, { out, kernel, stride = 1 }: ConvShape): Value {
    const shape = [out, size(x, 1), kernel, kernel];
    const weight = this.#parameter(`${name}.weight`, shape, kaimingFanOut(shape));
    return conv(x, weight, { strides: stride, pads: (kernel - 1) / 2 });
  }

  /**
   * torch.nn.BatchNorm2d, epsilon 1e-5, over `[n, channels, ...]`.
   * @throws RangeError in training form where a channel has a single value: it has no variance.
   */
  batchNorm(x: Value, name: string): Value {
    const shape = [size(x, 1)];
    const scale = this.#parameter(`${name}.weight`, shape, filled(1));
    const bias = this.#parameter(`${name}.bias`, shape, filled(0));
    const mean = this.buffer(`${name}.running_mean`, shape, filled(0));
    const variance = this.buffer(`${name}.running_var`, shape, filled(1));
    if (!this.#options.training || this.#frozen)
      return batchNorm(x, { scale, bias, mean: mean(), variance: variance() });
    const values = x.shape.reduce((count, length) => count * length, 1) / size(x, 1);
    if (values < 2)
      throw new RangeError(`batch norm "${name}" needs more than one value per channel: use larger batches`);
    const batch = batchNormTraining(x, scale, bias);
    this.moments.push({
      name,
      mean: batch.mean,
      variance: mul(batch.variance, values / (values - 1)),
    });
    return batch.y;
  }

  /** Convolution, batch norm: the pair of which residual networks are made. */
  convNorm(x: Value, convName: string, normName: string, shape: ConvShape): Value {
    return this.batchNorm(this.conv(x, convName, shape), normName);
  }

  /** torch.nn.Linear with bias: `[n, in]` -> `[n, out]`. */
  linear(x: Value, name: string, out: number): Value {
    const inputs = size(x, 1);
    const weight = this.#parameter(`${name}.weight`, [out, inputs], linearUniform(inputs));
    const bias = this.#parameter(`${name}.bias`, [out], linearUniform(inputs));
    return gemm(x, weight, bias, { transposeB: true });
  }

  /** Declares numbers that no gradient reaches; they are supplied when the function is called. */
  buffer(name: string, shape: readonly number[], initial: Initial): () => Value {
    this.declared.push({ name, shape, role: "buffer", initial });
    return () => this.#options.supply({ name, shape });
  }

  #parameter(name: string, shape: readonly number[], initial: Initial): Value {
    this.declared.push({ name, shape, role: this.#frozen ? "frozen" : "parameter", initial });
    return this.#options.supply({ name, shape });
  }
}

/** The size of an axis. */
export function size(x: Value, axis: number): number {
  return x.shape[axis] ?? 1;
}

/** `relu(a + b)`, where a residual branch comes back to its trunk. */
export function joined(branch: Value, trunk: Value): Value {
  return relu(add(branch, trunk));
}

/** Weights as inputs of a graph, fed at each run. */
export function weightInputs(graph: GraphBuilder): (weight: NamedShape) => Value {
  return ({ name, shape }) => graph.input(name, "float32", shape);
}
