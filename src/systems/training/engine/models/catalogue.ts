import type { Architecture } from "./architecture.ts";
import { featuresLinear, featuresMlp } from "./feature-heads.ts";
import type { ModelFacts } from "./model.ts";
import { resnet18, resnet34, resnet50 } from "./resnets.ts";
import { cnn4, medium, small, tiny } from "./small-networks.ts";

/** A model that can be chosen, and how it is made. */
export interface CatalogueEntry {
  readonly facts: ModelFacts;
  readonly architecture: Architecture;
}

/** ImageNet's mean and deviation per channel: what timm's and torchvision's weights were trained with. */
const IMAGENET = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] } as const;
/** Values to -1..1. */
const SYMMETRIC = { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] } as const;

const TASKS = ["image_classification"];

function timm(facts: Pick<ModelFacts, "name" | "parameterCount" | "description">): ModelFacts {
  return {
    framework: "timm",
    taskTypes: TASKS,
    defaultImageSize: 224,
    imageSizes: { min: 32, max: 512, multipleOf: 1 },
    recommendedLearningRate: 0.001,
    alwaysFrozen: false,
    takesStoredWeights: true,
    ...IMAGENET,
    ...facts,
  };
}

type OwnFacts = Pick<
  ModelFacts,
  "name" | "parameterCount" | "defaultImageSize" | "recommendedLearningRate" | "description"
>;

function network(facts: OwnFacts): ModelFacts {
  return {
    framework: "quatrain",
    taskTypes: TASKS,
    imageSizes: { min: 16, max: 512, multipleOf: 1 },
    alwaysFrozen: false,
    takesStoredWeights: false,
    ...SYMMETRIC,
    ...facts,
  };
}

function features(facts: OwnFacts): ModelFacts {
  return {
    ...network(facts),
    imageSizes: { min: 32, max: 512, multipleOf: 16 },
    alwaysFrozen: true,
  };
}

/** Every model of the embedded engine, smallest first within a framework. */
export const CATALOGUE: readonly CatalogueEntry[] = [
  {
    facts: features({
      name: "features_linear",
      parameterCount: 6_870,
      defaultImageSize: 128,
      recommendedLearningRate: 0.003,
      description:
        "Logistic regression on the inspection backbone's fixed filter bank: seconds, for small sets and textures",
    }),
    architecture: featuresLinear,
  },
  {
    facts: features({
      name: "features_mlp",
      parameterCount: 178_442,
      defaultImageSize: 128,
      recommendedLearningRate: 0.001,
      description: "One hidden layer of 256 on the same features: for sets that a linear head does not part",
    }),
    architecture: featuresMlp,
  },
  {
    facts: network({
      name: "tiny",
      parameterCount: 223_146,
      defaultImageSize: 32,
      recommendedLearningRate: 0.003,
      description: "Residual network of 8 layers and 32 to 96 channels",
    }),
    architecture: tiny,
  },
  {
    facts: network({
      name: "cnn4",
      parameterCount: 242_474,
      defaultImageSize: 64,
      recommendedLearningRate: 0.003,
      description: "Four plain convolutions with batch norm: 32, 64, 128, 128 channels",
    }),
    architecture: cnn4,
  },
  {
    facts: network({
      name: "small",
      parameterCount: 964_938,
      defaultImageSize: 64,
      recommendedLearningRate: 0.003,
      description: "Residual network of 8 layers and 64 to 208 channels",
    }),
    architecture: small,
  },
  {
    facts: network({
      name: "medium",
      parameterCount: 4_921_314,
      defaultImageSize: 96,
      recommendedLearningRate: 0.001,
      description: "Residual network of 14 layers and 88 to 336 channels",
    }),
    architecture: medium,
  },
  {
    facts: timm({
      name: "resnet18",
      parameterCount: 11_689_512,
      description: "ResNet-18 (He et al. 2015) with timm's names: takes timm's and torchvision's weights",
    }),
    architecture: resnet18,
  },
  {
    facts: timm({
      name: "resnet34",
      parameterCount: 21_797_672,
      description: "ResNet-34 (He et al. 2015) with timm's names: takes timm's and torchvision's weights",
    }),
    architecture: resnet34,
  },
  {
    facts: timm({
      name: "resnet50",
      parameterCount: 25_557_032,
      description: "ResNet-50 (He et al. 2015) with timm's names: takes timm's and torchvision's weights",
    }),
    architecture: resnet50,
  },
];

/** What can be chosen from. */
export function listModels(): readonly ModelFacts[] {
  return CATALOGUE.map(({ facts }) => facts);
}
