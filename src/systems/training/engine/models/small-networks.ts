import { maxPool, relu } from "../../../../graph/index.ts";
import { type Architecture, linearHead, pooled } from "./architecture.ts";
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

/** Sides in pixels up to which the stem keeps the size, and up to which it halves it. */
const FULL_STEM_PX = 48;
const HALF_STEM_PX = 96;

/**
 * Residual networks for small pictures: a 3 x 3 stem and four stages of basic blocks. The stem follows the picture:
 * it keeps the size up to 48 px, halves it up to 96 px, and beyond quarters it (3 x 3 maximum of stride 2), so that
 * the first stage works at 16 to 48 positions a side and not at most of the cost. The weights' shapes are the same
 * for every size.
 */
function residual(widths: readonly [number, number, number, number], blocks: number): Architecture {
  const plan = widths.map((width) => ({ width, blocks }));
  return {
    features(images, layers, { imageSize }) {
      const stride = imageSize <= FULL_STEM_PX ? 1 : 2;
      const stem = relu(layers.convNorm(images, "conv1", "bn1", { out: widths[0], kernel: 3, stride }));
      const trunk = imageSize <= HALF_STEM_PX ? stem : maxPool(stem, { kernel: 3, strides: 2, pads: 1 });
      return pooled(stages(layers, trunk, basicBlock, plan));
    },
    head: linearHead,
    fixed: false,
  };
}

export const tiny = residual([16, 32, 64, 96], 1);
export const small = residual([32, 64, 128, 224], 1);
export const medium = residual([48, 96, 192, 320], 2);
