import { maxPool, relu, type Value } from "../../../../graph/index.ts";
import { type Architecture, linearHead, pooled } from "./architecture.ts";
import { size } from "./layers.ts";
import { basicBlock, stages } from "./residual-blocks.ts";

/** Four times 3 x 3 convolution, batch norm, ReLU, 2 x 2 maximum: 32, 64, 128, 128 channels; mean, `fc`. */
export const cnn4: Architecture = {
  features(images, layers) {
    const trunk = [32, 64, 128, 128].reduce((x, out, index) => {
      const name = `layer${index + 1}`;
      const y = layers.convNorm(x, `${name}.conv`, `${name}.bn`, { out, kernel: 3 });
      return maxPool(relu(y), { kernel: 2, strides: 2 });
    }, images);
    return pooled(trunk);
  },
  head: linearHead,
  fixed: false,
};

/** The first stage works at no more positions a side than these; beyond, it would cost more than all others. */
const STAGE_PX = 32;
/** Beyond this side the stem's own convolution goes in steps of 2. */
const FULL_STEM_PX = 128;

/**
 * Residual networks for small pictures: a 3 x 3 stem with 2 x 2 maxima (one at least, more for larger pictures, until
 * 32 positions a side are left) and three stages of basic blocks. The weights' shapes are the same for every size.
 */
function residual(widths: readonly [number, number, number], blocks: number): Architecture {
  const plan = widths.map((width) => ({ width, blocks }));
  return {
    features(images, layers, { imageSize }) {
      const stride = imageSize <= FULL_STEM_PX ? 1 : 2;
      const stem = layers.convNorm(images, "conv1", "bn1", { out: widths[0], kernel: 3, stride });
      return pooled(stages(layers, halved(relu(stem)), basicBlock, plan));
    },
    head: linearHead,
    fixed: false,
  };
}

/** 2 x 2 maxima until 32 positions a side are left, at least once. */
function halved(x: Value): Value {
  const half = maxPool(x, { kernel: 2, strides: 2 });
  return size(half, 2) > STAGE_PX ? halved(half) : half;
}

export const tiny = residual([32, 64, 96], 1);
export const small = residual([64, 128, 208], 1);
export const medium = residual([88, 176, 336], 2);
