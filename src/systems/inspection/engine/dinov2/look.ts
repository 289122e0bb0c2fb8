import type { Picture } from "../../../../algorithms/image/picture.ts";
import type { LoadedTokens } from "../../../../ml/backbones/dinov2/load-tokens.ts";
import { type NumericRuntime, outputOf } from "../../../../ml/runtime/numeric-runtime.ts";
import { requireSides } from "../working-size.ts";
import { type Frame, type Letterbox, letterboxed, letterboxOf } from "./letterbox.ts";

/** A picture as the network sees it. */
export interface TokenLook {
  readonly place: Letterbox;
  readonly rows: number;
  readonly columns: number;
  /** `[rows * columns, dim]` of length 1: the patches that show the picture, none of the padding. */
  readonly tokens: Float32Array;
}

/** @throws QuatrainError `image_too_small` (400) below 8 pixels a side. */
export async function lookAt(
  picture: Picture,
  { model }: LoadedTokens,
  frame: Frame,
  { runtime, signal }: { readonly runtime: NumericRuntime; readonly signal?: AbortSignal },
): Promise<TokenLook> {
  requireSides(picture);
  const place = letterboxOf(picture, frame);
  const data = await letterboxed(picture, place, frame);
  const shape = [1, frame.side, frame.side, 3];
  const outputs = await runtime.run(model, { pictures: { type: "uint8", shape, data } }, { signal });
  const { data: all, shape: found } = outputOf(outputs, "tokens", "float32");
  const [rows, columns] = [place.down.count, place.across.count];
  return { place, rows, columns, tokens: shownTokens(all, found[2] ?? 0, place, frame) };
}

function shownTokens(all: Float32Array, dim: number, { down, across }: Letterbox, { side, patch }: Frame) {
  const whole = side / patch;
  if (down.count === whole && across.count === whole) return all;
  const shown = new Float32Array(down.count * across.count * dim);
  for (let row = 0; row < down.count; row++) {
    const start = ((down.first + row) * whole + across.first) * dim;
    shown.set(all.subarray(start, start + across.count * dim), row * across.count * dim);
  }
  return shown;
}
