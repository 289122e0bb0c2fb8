import { element, type Numbers, tabulate } from "./float64-tensor.ts";
import { inputAt, type Kernel, type KernelCall, shapeAt } from "./kernel.ts";

/** For tests: what moves, cuts, joins and picks. */
export const SHAPE_KERNELS: Readonly<Record<string, Kernel>> = {
  Reshape: relabelled,
  Squeeze: relabelled,
  Unsqueeze: relabelled,
  Expand: (call) => [tabulate(shapeAt(call), (index) => element(inputAt(call, 0), index))],
  Transpose: (call) => {
    const [x, order] = [inputAt(call, 0), call.list("perm")];
    return [
      tabulate(shapeAt(call), (index) =>
        element(
          x,
          order.map((_, axis) => index[order.indexOf(axis)] ?? 0),
        ),
      ),
    ];
  },
  Concat: (call) => {
    const shape = shapeAt(call);
    const axis = counted(call.number("axis", 0), shape.length);
    return [
      tabulate(shape, (index) => {
        let position = index[axis] ?? 0;
        for (const piece of call.inputs) {
          const size = piece?.shape[axis] ?? 0;
          if (piece && position < size) return element(piece, index.with(axis, position));
          position -= size;
        }
        return Number.NaN;
      }),
    ];
  },
  Split: (call) => {
    const x = inputAt(call, 0);
    const axis = counted(call.number("axis", 0), x.shape.length);
    let start = 0;
    return call.shapes.map((shape) => {
      const from = start;
      start += shape[axis] ?? 0;
      return tabulate(shape, (index) => element(x, index.with(axis, from + (index[axis] ?? 0))));
    });
  },
  Slice: (call) => {
    const [x, starts, axes, steps] = [0, 1, 3, 4].map((index) => inputAt(call, index)) as [
      Numbers,
      Numbers,
      Numbers,
      Numbers,
    ];
    return [
      tabulate(shapeAt(call), (index) => {
        const source = [...index];
        axes.data.forEach((axis, entry) => {
          source[axis] = (starts.data[entry] ?? 0) + (index[axis] ?? 0) * (steps.data[entry] ?? 1);
        });
        return element(x, source);
      }),
    ];
  },
  Gather: (call) => {
    const [x, indices] = [inputAt(call, 0), inputAt(call, 1)];
    const axis = counted(call.number("axis", 0), x.shape.length);
    const rank = indices.shape.length;
    return [
      tabulate(shapeAt(call), (index) => {
        const picked = element(indices, index.slice(axis, axis + rank));
        const source = [
          ...index.slice(0, axis),
          counted(picked, x.shape[axis] ?? 0),
          ...index.slice(axis + rank),
        ];
        return element(x, source);
      }),
    ];
  },
  Pad: (call) => {
    const [x, pads] = [inputAt(call, 0), inputAt(call, 1).data];
    const mode = call.text("mode");
    const [filling = 0] = call.inputs[2]?.data ?? [];
    return [
      tabulate(shapeAt(call), (index) => {
        const source = index.map((position, axis) => position - (pads[axis] ?? 0));
        const inside = source.map((position, axis) =>
          Math.min((x.shape[axis] ?? 1) - 1, Math.max(0, position)),
        );
        if (mode === "edge") return element(x, inside);
        if (mode === "reflect")
          return element(
            x,
            inside.map((near, axis) => 2 * near - (source[axis] ?? 0)),
          );
        return source.every((position, axis) => position === inside[axis]) ? element(x, source) : filling;
      }),
    ];
  },
  ScatterElements: (call) => {
    const [x, indices, values] = [inputAt(call, 0), inputAt(call, 1), inputAt(call, 2)];
    const data = x.data.slice();
    indices.data.forEach((target, position) => {
      data[target] = (data[target] ?? Number.NaN) + (values.data[position] ?? Number.NaN);
    });
    return [{ shape: x.shape, data }];
  },
};

function relabelled(call: KernelCall): readonly Numbers[] {
  return [{ shape: shapeAt(call), data: inputAt(call, 0).data }];
}

function counted(index: number, size: number): number {
  return index < 0 ? index + size : index;
}
