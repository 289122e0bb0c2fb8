import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { augment } from "../../../../algorithms/image/augmentation/augment.ts";
import type {
  AugmentationOptions,
  PreprocessingOptions,
} from "../../../../algorithms/image/augmentation/options.ts";
import { preprocess } from "../../../../algorithms/image/augmentation/preprocess.ts";
import { randomStream } from "../../../../algorithms/learning/random-streams.ts";
import { encodePng } from "../../../../ml/images/edit-picture.ts";
import type { TrainerImage } from "../port.ts";
import { type Batch, type BatchMaker, type BatchOptions, openBatchMaker } from "./batch-maker.ts";
import { type Loader, openLoader } from "./loader.ts";
import { readPictureFile } from "./picture-file.ts";
import { shrinkForCrop } from "./shrink-for-crop.ts";

const preprocessing: PreprocessingOptions = {
  imageSize: 12,
  resizeMode: "resize_crop",
  mean: [0.5, 0.5, 0.5],
  std: [0.25, 0.25, 0.25],
};
const uncropped: AugmentationOptions = {
  flip: { probability: 0.5 },
  rotation: null,
  crop: null,
  colourJitter: { brightness: 0.2, contrast: 0.2, saturation: 0.2, hue: 0.1 },
  erasing: null,
  grayscale: null,
  blur: null,
  mixup: null,
  cutmix: null,
};
const cropped: AugmentationOptions = { ...uncropped, crop: { scale: [0.5, 1], ratio: [0.75, 4 / 3] } };

let folder = "";
const images: TrainerImage[] = [];
const BROKEN = 3;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "loader-"));
  for (let at = 0; at < 8; at++) {
    const [width, height] = [20 + 9 * at, 60 - 5 * at];
    const data = Uint8Array.from({ length: width * height * 3 }, (_, sample) => (sample * (7 + at)) % 251);
    const png = await encodePng({ width, height, data });
    const file = join(folder, `${at}.png`);
    await writeFile(file, at === BROKEN ? png.subarray(0, png.length / 2) : png);
    const split = at < 5 ? "train" : at < 7 ? "val" : "test";
    images.push({ path: `class/${at}.png`, file, split, label: at % 2, boxes: [] });
  }
});

afterAll(async () => {
  await Promise.all(threads.map((thread) => thread.close()));
  await rm(folder, { recursive: true });
});

interface Opened {
  augmentation?: AugmentationOptions | null;
  cacheBytes?: number;
}

const threads: Loader[] = [];

function threaded(options: BatchOptions): Loader {
  const loader = openLoader(options);
  threads.push(loader);
  return loader;
}

const of = (...indices: number[]) => Int32Array.from(indices);

async function all(batches: AsyncIterable<Batch>): Promise<Batch[]> {
  const list: Batch[] = [];
  for await (const batch of batches) list.push(batch);
  return list;
}

/** Pictures of all batches in their order. */
function rows(batches: readonly Batch[]): Float32Array[] {
  const length = 3 * 12 * 12;
  return batches.flatMap(({ images: numbers, indices }) =>
    [...indices.keys()].map((slot) => numbers.slice(slot * length, (slot + 1) * length)),
  );
}

describe.each([
  ["in the caller's thread", openBatchMaker],
  ["in a thread of its own", threaded],
])("%s", (_, open) => {
  function opened({ augmentation = uncropped, cacheBytes = 2 ** 20 }: Opened = {}): BatchMaker {
    return open({ images, config: { augmentation, preprocessing, seed: 42 }, cacheBytes });
  }

  describe("scan", () => {
    it.each([uncropped, cropped, null])(
      "leaves out what cannot be decoded, and says so once",
      async (augmentation) => {
        const told: unknown[] = [];
        const usable = await opened({ augmentation }).scan((broken) => told.push(broken));
        expect([...usable]).toEqual([0, 1, 2, 4, 5, 6]);
        expect(told).toEqual([
          { index: BROKEN, path: "class/3.png", reason: expect.stringContaining("cannot be decoded") },
        ]);
      },
    );

    it("keeps what fits: the files are not needed again", async () => {
      const own = await mkdtemp(join(folder, "gone-"));
      const file = join(own, "a.png");
      await writeFile(file, await encodePng({ width: 9, height: 9, data: new Uint8Array(243).fill(9) }));
      const image: TrainerImage = { path: "a.png", file, split: "train", label: 0, boxes: [] };
      const config = { augmentation: uncropped, preprocessing, seed: 1 };
      const kept = open({ images: [image], config, cacheBytes: 12 * 12 * 3 });
      const tight = open({ images: [image], config, cacheBytes: 12 * 12 * 3 - 1 });
      for (const loader of [kept, tight]) await loader.scan(() => {});
      await rm(file);
      expect(await all(kept.trainBatches(1, [of(0)]))).toHaveLength(1);
      await expect(all(tight.trainBatches(1, [of(0)]))).rejects.toThrow("ENOENT");
    });

    it("a missing file is no broken picture", async () => {
      const image: TrainerImage = {
        path: "a",
        file: join(folder, "none"),
        split: "val",
        label: 0,
        boxes: [],
      };
      const config = { augmentation: null, preprocessing, seed: 1 };
      const loader = open({ images: [image], config, cacheBytes: 0 });
      await expect(loader.scan(() => {})).rejects.toThrow("ENOENT");
    });

    it("ends early when told", async () => {
      const abort = AbortSignal.abort(new Error("enough"));
      await expect(opened().scan(() => {}, abort)).rejects.toThrow("enough");
    });
  });

  describe("batches", () => {
    it("validation pictures are preprocessed as at inference", async () => {
      const [batch, last, ...more] = await all(opened().validationBatches([of(5, 6), of(0)]));
      expect(more).toEqual([]);
      expect([...batch!.labels]).toEqual([1, 0]);
      expect([...last!.indices]).toEqual([0]);
      const expected = await Promise.all(
        [5, 6, 0].map(async (at) => preprocess(await readPictureFile(images[at]!.file), preprocessing)),
      );
      expect(rows([batch!, last!])).toEqual(expected);
    });

    it.each([
      ["with crops", cropped],
      ["without crops", uncropped],
    ])("training pictures are augmented by their own random numbers, %s", async (_, augmentation) => {
      const made = rows(await all(opened({ augmentation }).trainBatches(7, [of(4, 0, 2), of(1)])));
      const expected = await Promise.all(
        [4, 0, 2, 1].map(async (at) => {
          const random = randomStream(42, "augmentation", 7, at, 0);
          const picture = await readPictureFile(images[at]!.file);
          const source = augmentation.crop === null ? picture : shrinkForCrop(picture, augmentation.crop, 12);
          return augment(source, augmentation, preprocessing, random);
        }),
      );
      expect(made).toEqual(expected);
    });

    it.each([cropped, uncropped, null])(
      "neither order, cache nor resumption changes a picture",
      async (augmentation) => {
        const whole = rows(await all(opened({ augmentation }).trainBatches(2, [of(0, 1), of(2, 4)])));
        const turned = rows(
          await all(opened({ augmentation, cacheBytes: 0 }).trainBatches(2, [of(4, 2, 1, 0)])),
        );
        expect(turned.reverse()).toEqual(whole);
        const rest = rows(await all(opened({ augmentation }).trainBatches(2, [of(0, 1), of(2, 4)], 1)));
        expect(rest).toEqual(whole.slice(2));
      },
    );

    it("looks different in another epoch, and when it comes up again in the same one", async () => {
      const loader = opened();
      const [first, again, other] = rows(await all(loader.trainBatches(1, [of(0, 0), of(0)])));
      const [next] = rows(await all(loader.trainBatches(2, [of(0)])));
      for (const changed of [again, other, next]) expect(changed).not.toEqual(first);
      const [resumed] = rows(await all(opened().trainBatches(1, [of(0, 0), of(0)], 1)));
      expect(resumed).toEqual(other);
    });

    it("a picture that cannot be decoded fails its batch when it comes, not before", async () => {
      const batches = opened()
        .trainBatches(1, [of(0), of(BROKEN)])
        [Symbol.asyncIterator]();
      expect((await batches.next()).done).toBe(false);
      await expect(batches.next()).rejects.toThrow("cannot be decoded");
    });

    it("can be left early, and there may be none", async () => {
      for await (const { indices } of opened().trainBatches(1, [of(0), of(1), of(2)])) {
        expect([...indices]).toEqual([0]);
        break;
      }
      expect(await all(opened().validationBatches([]))).toEqual([]);
    });
  });
});

describe("the thread", () => {
  const one = () =>
    threaded({ images, config: { augmentation: null, preprocessing, seed: 1 }, cacheBytes: 0 });

  it("tells whose fault it is: refusals and errors of the system arrive as what they are", async () => {
    const refusal = all(one().validationBatches([of(BROKEN)]));
    await expect(refusal).rejects.toMatchObject({
      name: "QuatrainError",
      code: "undecodable_image",
      status: 400,
    });
    const image = { path: "a", file: join(folder, "none"), split: "val", label: 0 } as const;
    const config = { augmentation: null, preprocessing, seed: 1 };
    const missing = threaded({ images: [image], config, cacheBytes: 0 });
    await expect(missing.scan(() => {})).rejects.toMatchObject({ name: "Error", code: "ENOENT" });
  });

  it("answers no more once it is closed, and may be closed twice", async () => {
    const loader = one();
    await loader.scan(() => {});
    await loader.close();
    await loader.close();
    await expect(all(loader.validationBatches([of(0)]))).rejects.toThrow("can no longer be read");
  });

  it("leaves a scan that is under way when told", async () => {
    const abort = new AbortController();
    const scanning = one().scan(() => {}, abort.signal);
    abort.abort(new Error("enough"));
    await expect(scanning).rejects.toThrow("enough");
  });

  it("serves several streams at once", async () => {
    const loader = one();
    const [a, b] = await Promise.all([
      all(loader.validationBatches([of(0), of(1)])),
      all(loader.trainBatches(1, [of(4), of(2)])),
    ]);
    expect([...a, ...b].map(({ indices }) => indices[0])).toEqual([0, 1, 4, 2]);
  });
});
