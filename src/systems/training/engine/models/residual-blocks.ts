import { relu, type Value } from "../../../../graph/index.ts";
import { joined, type Layers, size } from "./layers.ts";

interface BlockOptions {
  /** Channels of the block's own convolutions. */
  readonly width: number;
  readonly stride: number;
}

/** One block of a residual network, its weights under `name`. */
export type Block = (layers: Layers, x: Value, name: string, options: BlockOptions) => Value;

/** Two 3 x 3 convolutions and the way around them (torchvision's and timm's BasicBlock; He et al. 2015, 1512.03385). */
export function basicBlock(layers: Layers, x: Value, name: string, { width, stride }: BlockOptions): Value {
  const within = (part: string) => `${name}.${part}`;
  const first = layers.convNorm(x, within("conv1"), within("bn1"), { out: width, kernel: 3, stride });
  const second = layers.convNorm(relu(first), within("conv2"), within("bn2"), { out: width, kernel: 3 });
  return joined(second, shortcut(layers, x, name, width, stride));
}

const EXPANSION = 4;

/** 1 x 1, 3 x 3 (which carries the stride), 1 x 1 to four times the width, and the way around (Bottleneck). */
export function bottleneck(layers: Layers, x: Value, name: string, { width, stride }: BlockOptions): Value {
  const within = (part: string) => `${name}.${part}`;
  const out = EXPANSION * width;
  const first = layers.convNorm(x, within("conv1"), within("bn1"), { out: width, kernel: 1 });
  const second = layers.convNorm(relu(first), within("conv2"), within("bn2"), {
    out: width,
    kernel: 3,
    stride,
  });
  const third = layers.convNorm(relu(second), within("conv3"), within("bn3"), { out, kernel: 1 });
  return joined(third, shortcut(layers, x, name, out, stride));
}

/** The input itself, or brought to the block's shape by a 1 x 1 convolution. */
function shortcut(layers: Layers, x: Value, name: string, out: number, stride: number): Value {
  if (stride === 1 && size(x, 1) === out) return x;
  return layers.convNorm(x, `${name}.downsample.0`, `${name}.downsample.1`, { out, kernel: 1, stride });
}

/**
 * Blocks one after the other, named `layer1.0`, `layer1.1`, `layer2.0`, ...; from `layer2` on each stage begins by
 * halving the size.
 */
export function stages(
  layers: Layers,
  x: Value,
  block: Block,
  plan: readonly { readonly width: number; readonly blocks: number }[],
): Value {
  return plan.reduce(
    (before, { width, blocks }, stage) =>
      Array.from({ length: blocks }).reduce<Value>(
        (input, _, index) =>
          block(layers, input, `layer${stage + 1}.${index}`, {
            width,
            stride: stage > 0 && index === 0 ? 2 : 1,
          }),
        before,
      ),
    x,
  );
}
