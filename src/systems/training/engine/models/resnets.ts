import { maxPool, relu } from "../../../../graph/index.ts";
import { type Architecture, linearHead, pooled } from "./architecture.ts";
import { type Block, basicBlock, bottleneck, stages } from "./residual-blocks.ts";

/**
 * The ResNets of He et al. 2015 (1512.03385) with timm's and torchvision's names and shapes: 7 x 7 stem of stride 2,
 * 3 x 3 maximum of stride 2, four stages of 64, 128, 256, 512 channels, mean over the picture, `fc`.
 */
function resnet(block: Block, blocks: readonly [number, number, number, number]): Architecture {
  const plan = blocks.map((count, stage) => ({ width: 64 * 2 ** stage, blocks: count }));
  return {
    features(images, layers) {
      const stem = layers.convNorm(images, "conv1", "bn1", { out: 64, kernel: 7, stride: 2 });
      const trunk = maxPool(relu(stem), { kernel: 3, strides: 2, pads: 1 });
      return pooled(stages(layers, trunk, block, plan));
    },
    head: linearHead,
    fixed: false,
  };
}

export const resnet18 = resnet(basicBlock, [2, 2, 2, 2]);
export const resnet34 = resnet(basicBlock, [3, 4, 6, 3]);
export const resnet50 = resnet(bottleneck, [3, 4, 6, 3]);
