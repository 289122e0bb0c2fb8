import { userError } from "../../../platform/errors/quatrain-error.ts";
import { DINOV2_MODELS } from "../../backbones/dinov2/configuration.ts";

/** Weights that can be fetched and kept. */
export interface KnownWeights {
  /** timm's name of the architecture: `timm/ID.safetensors` below the folder of weights, and on a mirror. */
  readonly id: string;
  /** A shorter name that commands take too. */
  readonly alias: string;
  /** The system that uses them. */
  readonly system: string;
  /** Where they are published. */
  readonly origin: string;
  readonly description: string;
}

const published = (name: string) => `https://huggingface.co/timm/${name}/resolve/main/model.safetensors`;

const DINOV2_WEIGHTS: readonly KnownWeights[] = DINOV2_MODELS.map(({ id, registers }) => {
  const [, size = ""] = id.split("_");
  return {
    id,
    alias: `dinov2-${size}${registers > 0 ? "-reg4" : ""}`,
    system: "inspection",
    origin: published(`${id}.lvd142m`),
    description: `DINOv2 ${size}${registers > 0 ? " with registers" : ""}: Apache-2.0, Meta`,
  };
});

const RESNET_WEIGHTS: readonly KnownWeights[] = ["resnet18", "resnet34", "resnet50"].map((id) => ({
  id,
  alias: id,
  system: "training",
  origin: published(`${id}.a1_in1k`),
  description: "ImageNet weights to begin a training with: Apache-2.0, timm",
}));

export const KNOWN_WEIGHTS: readonly KnownWeights[] = [...DINOV2_WEIGHTS, ...RESNET_WEIGHTS];

/** @throws QuatrainError `model_unknown` (404) */
export function weightsNamed(name: string): KnownWeights {
  const found = KNOWN_WEIGHTS.find(({ id, alias }) => id === name || alias === name);
  if (found !== undefined) return found;
  throw userError(
    "model_unknown",
    404,
    `There are no weights called "${name}": quatrain models list names those that are known`,
  );
}
