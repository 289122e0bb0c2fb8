import type { Shape } from "../tensor.ts";
import { element, indicesOf, type Numbers, place, tabulate } from "./float64-tensor.ts";
import { inputAt, type Kernel, type KernelCall, shapeAt } from "./kernel.ts";

/** For tests: convolutions and pools by their definitions. */
export const WINDOW_KERNELS: Readonly<Record<string, Kernel>> = {
  Conv: (call) => {
    const [x, weight, bias] = [inputAt(call, 0), inputAt(call, 1), call.inputs[2]];
    const [outputs = 0, perGroup = 0, ...kernel] = weight.shape;
    const outPerGroup = outputs / call.number("group", 1);
    return [
      tabulate(shapeAt(call), ([n = 0, out = 0, ...position]) => {
        let total = bias ? element(bias, [out]) : 0;
        for (const [tap, source] of seen(call, position, kernel, x.shape.slice(2)))
          for (let c = 0; c < perGroup; c++) {
            const channel = Math.floor(out / outPerGroup) * perGroup + c;
            total += element(weight, [out, c, ...tap]) * at(x, [n, channel, ...source]);
          }
        return total;
      }),
    ];
  },
  // The transpose of the map above: what each output took from an input, the input gives back.
  ConvTranspose: (call) => {
    const [x, weight] = [inputAt(call, 0), inputAt(call, 1)];
    const [inputs = 0, outPerGroup = 0, ...kernel] = weight.shape;
    const perGroup = inputs / call.number("group", 1);
    const shape = shapeAt(call);
    const data = new Float64Array(shape.reduce((a, b) => a * b, 1));
    for (const index of indicesOf(x.shape)) {
      const [n = 0, channel = 0, ...position] = index;
      for (const [tap, target] of seen(call, position, kernel, shape.slice(2)))
        for (let o = 0; o < outPerGroup; o++) {
          const spot = place(shape, [n, Math.floor(channel / perGroup) * outPerGroup + o, ...target]);
          data[spot] = (data[spot] ?? 0) + at(x, index) * element(weight, [channel, o, ...tap]);
        }
    }
    return [{ shape, data }];
  },
  MaxPool: (call) => {
    const x = inputAt(call, 0);
    const winners = tabulate(shapeAt(call), ([n = 0, channel = 0, ...position]) => {
      let best = -1;
      for (const [, source] of seen(call, position, call.list("kernel_shape"), x.shape.slice(2))) {
        const spot = place(x.shape, [n, channel, ...source]);
        if (best < 0 || (x.data[spot] ?? 0) > (x.data[best] ?? 0)) best = spot;
      }
      return best;
    });
    return [{ shape: winners.shape, data: winners.data.map((spot) => x.data[spot] ?? Number.NaN) }, winners];
  },
  AveragePool: (call) => {
    const [x, kernel] = [inputAt(call, 0), call.list("kernel_shape")];
    const whole = kernel.reduce((a, b) => a * b, 1);
    return [
      tabulate(shapeAt(call), ([n = 0, channel = 0, ...position]) => {
        const inside = [...seen(call, position, kernel, x.shape.slice(2))];
        const total = inside.reduce((sum, [, source]) => sum + at(x, [n, channel, ...source]), 0);
        return total / (call.number("count_include_pad", 0) === 1 ? whole : inside.length);
      }),
    ];
  },
};

/** The taps of a window at a position and the places within the picture that they see. */
function* seen(
  call: KernelCall,
  position: readonly number[],
  kernel: Shape,
  spatial: Shape,
): Generator<readonly [tap: readonly number[], source: readonly number[]]> {
  const [strides, pads, dilations] = [call.list("strides"), call.list("pads"), call.list("dilations")];
  for (const tap of indicesOf(kernel)) {
    const source = tap.map(
      (index, axis) =>
        (position[axis] ?? 0) * (strides[axis] ?? 1) - (pads[axis] ?? 0) + index * (dilations[axis] ?? 1),
    );
    if (source.every((index, axis) => index >= 0 && index < (spatial[axis] ?? 0))) yield [[...tap], source];
  }
}

function at(x: Numbers, index: readonly number[]): number {
  return x.data[place(x.shape, index)] ?? Number.NaN;
}
