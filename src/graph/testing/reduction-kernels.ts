import { element, indicesOf, type Numbers, place, tabulate } from "./float64-tensor.ts";
import { inputAt, type Kernel, type KernelCall, shapeAt } from "./kernel.ts";

/** For tests: what works along axes. */
export const REDUCTION_KERNELS: Readonly<Record<string, Kernel>> = {
  ReduceSum: reduction((list) => sumOf(list)),
  ReduceMean: reduction((list) => sumOf(list) / list.length),
  ReduceMax: reduction((list) => Math.max(...list)),
  ReduceMin: reduction((list) => Math.min(...list)),
  ReduceL2: reduction((list) => Math.sqrt(sumOf(list.map((value) => value * value)))),
  Softmax: (call) => [softmax(call, (x, most, total) => Math.exp(x - most) / total)],
  LogSoftmax: (call) => [softmax(call, (x, most, total) => x - most - Math.log(total))],
  LayerNormalization: (call) => {
    const [x, scale, bias] = [inputAt(call, 0), inputAt(call, 1), inputAt(call, 2)];
    const rows = grouped(x, [x.shape.length - 1]);
    return [normalised(x, rows, call.number("epsilon", 1e-5), (index) => [index.at(-1) ?? 0], scale, bias).y];
  },
  BatchNormalization: (call) => {
    const [x, scale, bias] = [inputAt(call, 0), inputAt(call, 1), inputAt(call, 2)];
    const epsilon = call.number("epsilon", 1e-5);
    const channels = grouped(
      x,
      x.shape.map((_, axis) => axis).filter((axis) => axis !== 1),
    );
    const channel = (index: readonly number[]) => [index[1] ?? 0];
    if (call.number("training_mode", 0) === 1) {
      const { y, mean, variance } = normalised(x, channels, epsilon, channel, scale, bias);
      return [y, mean, variance];
    }
    const [mean, variance] = [inputAt(call, 3), inputAt(call, 4)];
    return [
      tabulate(x.shape, (index) => {
        const of = (statistic: Numbers) => element(statistic, channel(index));
        return ((element(x, index) - of(mean)) / Math.sqrt(of(variance) + epsilon)) * of(scale) + of(bias);
      }),
    ];
  },
};

function reduction(of: (list: readonly number[]) => number): Kernel {
  return (call) => {
    const x = inputAt(call, 0);
    const axes = call.inputs[1] ? [...call.inputs[1].data] : x.shape.map((_, axis) => axis);
    const lists = grouped(
      x,
      axes.map((axis) => (axis < 0 ? axis + x.shape.length : axis)),
    );
    return [{ shape: shapeAt(call), data: Float64Array.from(lists.values, of) }];
  };
}

interface Grouped {
  /** Which list an element belongs to. */
  readonly listOf: (index: readonly number[]) => number;
  readonly values: readonly number[][];
}

/** The elements that differ along `axes` only, list by list. */
function grouped(x: Numbers, axes: readonly number[]): Grouped {
  const kept = x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
  const values: number[][] = Array.from({ length: kept.reduce((a, b) => a * b, 1) }, () => []);
  const listOf = (index: readonly number[]) => place(kept, index);
  for (const index of indicesOf(x.shape)) values[listOf(index)]?.push(element(x, index));
  return { listOf, values };
}

function softmax(call: KernelCall, of: (x: number, most: number, total: number) => number): Numbers {
  const x = inputAt(call, 0);
  const axis = call.number("axis", -1);
  const { listOf, values } = grouped(x, [axis < 0 ? axis + x.shape.length : axis]);
  return tabulate(x.shape, (index) => {
    const list = values[listOf(index)] ?? [];
    const most = Math.max(...list);
    return of(element(x, index), most, sumOf(list.map((value) => Math.exp(value - most))));
  });
}

function normalised(
  x: Numbers,
  { listOf, values }: Grouped,
  epsilon: number,
  parameter: (index: readonly number[]) => readonly number[],
  scale: Numbers,
  bias: Numbers,
) {
  const means = values.map((list) => sumOf(list) / list.length);
  const variances = values.map((list, group) => {
    const mean = means[group] ?? 0;
    return sumOf(list.map((value) => (value - mean) ** 2)) / list.length;
  });
  const y = tabulate(x.shape, (index) => {
    const group = listOf(index);
    const centred = element(x, index) - (means[group] ?? 0);
    const at = parameter(index);
    return (centred / Math.sqrt((variances[group] ?? 0) + epsilon)) * element(scale, at) + element(bias, at);
  });
  const vector = (list: readonly number[]) => ({ shape: [list.length], data: Float64Array.from(list) });
  return { y, mean: vector(means), variance: vector(variances) };
}

function sumOf(list: readonly number[]): number {
  return list.reduce((total, value) => total + value, 0);
}
