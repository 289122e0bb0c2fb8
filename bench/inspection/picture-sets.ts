import { existsSync, readdirSync, readFileSync } from "node:fs";
import { sampleWithoutReplacement, seededRandom } from "../../src/algorithms/anomaly/seeded-random.ts";
import { DEFECT_KINDS, drawDisc } from "../../src/algorithms/image/drawn-discs/index.ts";
import type { Mask, Picture } from "../../src/algorithms/image/picture.ts";
import { decodePicture } from "../../src/ml/images/decode-picture.ts";
import { FLAWS, type PartKind, partDrawer } from "./drawn-parts/index.ts";

/** A picture of a bad part and where it is bad. */
export interface BadPart {
  readonly picture: Picture;
  readonly truth: Mask;
  /** Whether the flaw is hard to see; not known of pictures of others. */
  readonly faint?: boolean;
}

/** Pictures to fit on and to score, never the same ones. */
export interface PictureSet {
  readonly fit: readonly Picture[];
  readonly good: readonly Picture[];
  readonly bad: readonly BadPart[];
}

const BOARDS = new URL("../../../shared/samples/inspection/pcb/", import.meta.url);
const BOARDS_TO_FIT = 14;
/** How strong drawn flaws are: easy ones would hide what a change gains. */
const PLAIN = 0.65;
const FAINT = 0.3;

/** Circuit boards with boxes around their defects (DeepPCB), split by the seed; null where they are absent. */
export async function boards(seed: number): Promise<PictureSet | null> {
  if (!existsSync(BOARDS)) return null;
  const good = await Promise.all(filesIn("ok/").map(decoded));
  const bad = await Promise.all(filesIn("ng/").map(badBoard));
  const order = [...sampleWithoutReplacement(good.length, good.length, seededRandom(seed))];
  const shuffled = order.map((index) => good[index] as Picture);
  return { fit: shuffled.slice(0, BOARDS_TO_FIT), good: shuffled.slice(BOARDS_TO_FIT), bad };
}

/** Drawn brake discs whose flaws are faint, so that the parts of the recipe show. */
export function faintDiscs(seed: number): PictureSet {
  const disc = (index: number) => drawDisc(1000 * seed + index).picture;
  const bad = Array.from({ length: 18 }, (_, index) => {
    const defect = DEFECT_KINDS[index % DEFECT_KINDS.length];
    return drawDisc(1000 * seed + 500 + index, { defect, strength: 0.35 });
  });
  return {
    fit: Array.from({ length: 14 }, (_, index) => disc(index)),
    good: Array.from({ length: 10 }, (_, index) => disc(100 + index)),
    bad,
  };
}

/** How many pictures of one kind of drawn part take part. */
export interface DrawnCounts {
  readonly fit: number;
  readonly good: number;
  /** Of each flaw, half of them faint. */
  readonly badOfEach: number;
}

/** Drawn parts of one kind, each flaw by turns plain and faint; sets of different numbers have no picture in common. */
export function drawnParts(
  kind: PartKind,
  set: number,
  counts: DrawnCounts,
  options: { readonly size: number; readonly flawSize?: number },
): PictureSet {
  const draw = partDrawer(kind, set);
  const good = (seed: number) => draw({ seed, ...options }).picture;
  return {
    fit: Array.from({ length: counts.fit }, (_, index) => good(index)),
    good: Array.from({ length: counts.good }, (_, index) => good(1000 + index)),
    bad: FLAWS.flatMap((flaw, at) =>
      Array.from({ length: counts.badOfEach }, (_, index) => {
        const faint = (at + index) % 2 === 1;
        const seed = 2000 + at * counts.badOfEach + index;
        return { ...draw({ seed, flaw, strength: faint ? FAINT : PLAIN, ...options }), faint };
      }),
    ),
  };
}

function filesIn(folder: string): URL[] {
  const names = readdirSync(new URL(folder, BOARDS)).filter((name) => name.endsWith(".jpg"));
  return names.sort().map((name) => new URL(folder + name, BOARDS));
}

function decoded(file: URL): Promise<Picture> {
  return decodePicture(new Uint8Array(readFileSync(file)), { maxBytes: 2 ** 24, maxPixels: 2 ** 24 });
}

async function badBoard(file: URL): Promise<BadPart> {
  const picture = await decoded(file);
  const { width, height } = picture;
  const data = new Uint8Array(width * height);
  const lines = readFileSync(new URL(file.href.replace(/jpg$/, "txt")), "utf8")
    .trim()
    .split("\n");
  for (const line of lines) {
    const [left = 0, top = 0, right = 0, bottom = 0] = line.trim().split(/\s+/).map(Number);
    for (let y = top; y < bottom; y++) data.fill(1, y * width + left, y * width + right);
  }
  return { picture, truth: { width, height, data } };
}
