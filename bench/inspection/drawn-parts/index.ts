import { type SeededRandom, seededRandom } from "../../../src/algorithms/anomaly/seeded-random.ts";
import type { Mask, Picture } from "../../../src/algorithms/image/picture.ts";
import { type Defect, drawDefect, type Flaw } from "./defects.ts";
import { BOARD, CONNECTOR, LABEL } from "./layouts.ts";
import { between, type PartKind, type Piece } from "./piece.ts";
import { BOLT, BOTTLE, CAPSULE } from "./solids.ts";
import { BRUSHED_METAL, FABRIC, LEATHER, MESH, STONE, WOOD } from "./surfaces.ts";

export { FLAWS, type Flaw } from "./defects.ts";
export type { PartKind } from "./piece.ts";

const MATERIALS: readonly PartKind[] = [BRUSHED_METAL, FABRIC, LEATHER, WOOD, MESH, STONE];
const PARTS: readonly PartKind[] = [BOARD, LABEL, CONNECTOR, BOLT, CAPSULE, BOTTLE];
export const PART_KINDS: readonly PartKind[] = [...MATERIALS, ...PARTS];

/** Units along a picture's side. */
const SIDE = 224;

export interface PartOptions {
  /** Fixes the one picture within its set. */
  readonly seed: number;
  readonly flaw?: Flaw;
  /** How plain the flaw is: 1, or 0.4 for a faint one. */
  readonly strength?: number;
  /** Width and height in pixels. */
  readonly size: number;
  /** How large the flaw is beside the usual; 1. */
  readonly flawSize?: number;
}

export interface DrawnPart {
  readonly picture: Picture;
  /** The flaw's pixels; all 0 on a good part. */
  readonly truth: Mask;
}

/**
 * Draws parts of one kind as a camera over a line would take them: pose, light, focus and noise differ from one to the
 * next. Colours and layout are those of the set. The same numbers always give the same bytes. O(pixels) a picture.
 */
export function partDrawer(kind: PartKind, set: number): (options: PartOptions) => DrawnPart {
  const number = 100 * set + PART_KINDS.indexOf(kind);
  const make = kind.make(seededRandom(number));
  return ({ seed, flaw, strength = 1, size, flawSize = 1 }) => {
    const random = seededRandom(1_000_003 * number + seed + 1);
    const piece = make(random);
    const pose = posed(kind, random);
    const defect = flaw === undefined ? null : placed(flaw, { piece, pose, strength, flawSize }, random);
    return taken({ piece, pose, defect }, size, random);
  };
}

type Pose = (x: number, y: number) => readonly [x: number, y: number];

/** From places of the picture to places of the part. */
function posed({ pose }: PartKind, random: SeededRandom): Pose {
  const turn = between(random, -pose.turn, pose.turn);
  const [dx, dy] = [between(random, -pose.shift, pose.shift), between(random, -pose.shift, pose.shift)];
  const scale = between(random, 0.99, 1.01);
  const [sine, cosine] = [scale * Math.sin(turn), scale * Math.cos(turn)];
  return (x, y) => [cosine * x + sine * y + dx, cosine * y - sine * x + dy];
}

interface FlawedPiece {
  readonly piece: Piece;
  readonly pose: Pose;
  readonly strength: number;
  readonly flawSize: number;
}

/** A flaw somewhere on the part. */
function placed(flaw: Flaw, { piece, pose, strength, flawSize }: FlawedPiece, random: SeededRandom): Defect {
  let at: readonly [number, number] = [0, 0];
  for (let trial = 0; trial < 500; trial++) {
    at = [between(random, -98, 98), between(random, -98, 98)];
    if (piece.isPart(...pose(...at))) break;
  }
  const defect = drawDefect(flaw, [0, 0], strength, random, piece.backing);
  return {
    source(x, y) {
      const [sx, sy] = defect.source((x - at[0]) / flawSize, (y - at[1]) / flawSize);
      return [at[0] + sx * flawSize, at[1] + sy * flawSize];
    },
    spoil: (colour, x, y) => defect.spoil(colour, (x - at[0]) / flawSize, (y - at[1]) / flawSize),
  };
}

interface Scene {
  readonly piece: Piece;
  readonly pose: Pose;
  readonly defect: Defect | null;
}

/** The picture that a camera takes: uneven light, a lens that darkens corners, sensor noise. */
function taken({ piece, pose, defect }: Scene, size: number, random: SeededRandom): DrawnPart {
  const data = new Uint8Array(3 * size * size);
  const truth = new Uint8Array(size * size);
  const gain = between(random, 0.94, 1.06);
  const [slopeX, slopeY] = [between(random, -0.05, 0.05), between(random, -0.05, 0.05)];
  const noise = between(random, 1.6, 3);
  const colour: [number, number, number] = [0, 0, 0];
  for (let pixel = 0; pixel < truth.length; pixel++) {
    const x = (((pixel % size) + 0.5) / size - 0.5) * SIDE;
    const y = ((Math.floor(pixel / size) + 0.5) / size - 0.5) * SIDE;
    const [sx, sy] = defect === null ? [x, y] : defect.source(x, y);
    const clean = piece.colour(...pose(sx, sy));
    for (let channel = 0; channel < 3; channel++) colour[channel] = clean[channel]!;
    if (defect !== null && defect.spoil(colour, x, y) >= 0.5) truth[pixel] = 1;
    const corner = (x * x + y * y) / (2 * 112 ** 2);
    const light = gain * (1 + (slopeX * x + slopeY * y) / 112 - 0.07 * corner);
    const grain = noise * random.normal();
    for (let channel = 0; channel < 3; channel++) {
      const value = colour[channel]! * light + grain + noise * (random.uniform() - 0.5);
      data[3 * pixel + channel] = Math.min(255, Math.max(0, Math.round(value)));
    }
  }
  return {
    picture: { width: size, height: size, data },
    truth: { width: size, height: size, data: truth },
  };
}
