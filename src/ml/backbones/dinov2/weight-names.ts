import type { DinoConfiguration } from "./configuration.ts";
import type { WeightShape } from "./weights.ts";

/** A tensor that a file holds. */
export type StoredPart = WeightShape;

/** How a file calls the weights. */
export interface WeightNaming {
  /** The stored tensors that make a weight, to be joined along the first axis. */
  partsOf(weight: WeightShape): readonly StoredPart[];
  /** What timm does to the numbers when it takes such a file over; absent: nothing. */
  settle?(numbers: Map<string, Float32Array>): void;
}

const HUGGING_FACE_LAYERS: Readonly<Record<string, string>> = {
  "attn.proj": "attention.output.dense",
  ls1: "layer_scale1",
  ls2: "layer_scale2",
};

/** timm's names; `reg_token` is called `register_tokens` where the file is the authors' own. */
function timmNaming(names: ReadonlySet<string>, configuration: DinoConfiguration): WeightNaming {
  const authors = names.has("register_tokens");
  const partsOf = ({ name, shape }: WeightShape): StoredPart[] => {
    if (authors && name === "reg_token") return [{ name: "register_tokens", shape }];
    return [{ name, shape: authors && name === "pos_embed" ? withClass(shape) : shape }];
  };
  return authors ? { partsOf, settle: (numbers) => moveClassPosition(numbers, configuration) } : { partsOf };
}

/** Hugging Face's `Dinov2Model` and `Dinov2WithRegistersModel`, also inside a model with a head. */
function huggingFaceNaming(prefix: string, configuration: DinoConfiguration): WeightNaming {
  const { registers, dim } = configuration;
  const embeddings: Readonly<Record<string, string>> = {
    cls_token: "cls_token",
    reg_token: "register_tokens",
    pos_embed: "position_embeddings",
    "patch_embed.proj.weight": "patch_embeddings.projection.weight",
    "patch_embed.proj.bias": "patch_embeddings.projection.bias",
  };
  return {
    partsOf({ name, shape }) {
      const embedding = embeddings[name];
      if (embedding !== undefined)
        return [
          {
            name: `${prefix}embeddings.${embedding}`,
            shape: registers > 0 && name === "pos_embed" ? withClass(shape) : shape,
          },
        ];
      const [, index = "", layer = "", kind = ""] = /^blocks\.(\d+)\.(.+)\.(\w+)$/.exec(name) ?? [];
      const stem = `${prefix}encoder.layer.${index}.`;
      if (layer === "attn.qkv")
        return ["query", "key", "value"].map((part) => ({
          name: `${stem}attention.attention.${part}.${kind}`,
          shape: [dim, ...shape.slice(1)],
        }));
      const theirs = HUGGING_FACE_LAYERS[layer] ?? layer;
      return [{ name: `${stem}${theirs}.${kind === "gamma" ? "lambda1" : kind}`, shape }];
    },
    ...(registers > 0 ? { settle: (numbers) => moveClassPosition(numbers, configuration) } : {}),
  };
}

/** Which naming a file follows, by its patch embedding; null when neither. */
export function namingOf(names: ReadonlySet<string>, configuration: DinoConfiguration): WeightNaming | null {
  if (names.has("patch_embed.proj.weight")) return timmNaming(names, configuration);
  const end = "embeddings.patch_embeddings.projection.weight";
  const found = [...names].find((name) => name === end || name.endsWith(`.${end}`));
  return found === undefined ? null : huggingFaceNaming(found.slice(0, -end.length), configuration);
}

/** `[1, patches, dim]` with the class token's position in front. */
function withClass([one = 1, patches = 0, dim = 0]: readonly number[]): number[] {
  return [one, patches + 1, dim];
}

/** The class token's position becomes part of the class token, as timm stores models with registers. */
function moveClassPosition(numbers: Map<string, Float32Array>, { dim }: DinoConfiguration): void {
  const [token, positions] = [numbers.get("cls_token"), numbers.get("pos_embed")];
  if (token === undefined || positions === undefined) return;
  numbers.set(
    "cls_token",
    token.map((value, at) => value + (positions[at] ?? 0)),
  );
  numbers.set("pos_embed", positions.slice(dim));
}
