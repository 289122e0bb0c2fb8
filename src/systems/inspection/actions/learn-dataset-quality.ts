import type { QualityReference } from "../../../algorithms/image/quality/quality-reference.ts";
import { QuatrainError } from "../../../platform/errors/quatrain-error.ts";
import type { FileStore } from "../../../platform/storage/file-store.ts";
import type { PictureCodec } from "../picture-codec.ts";
import { QualityLearner } from "../quality/quality-learner.ts";
import type { DatasetPlace } from "../roi.ts";
import type { InspectionReader } from "../store/reader.ts";
import { readSample } from "./read-dataset.ts";

/**
 * What the good pictures of the recipe's own dataset are like; null where there are none. A picture that cannot be read any
 * more is left out. Decodes at most 256 of them.
 */
export async function learnDatasetQuality(
  deps: { readonly reader: InspectionReader; readonly files: FileStore; readonly pictures: PictureCodec },
  place: DatasetPlace,
): Promise<QualityReference | null> {
  const good = (await deps.reader.ownPictures(place)).filter(({ label }) => label === "ok");
  const learner = new QualityLearner(good.length);
  for (const [index, picture] of good.entries()) {
    if (!learner.wants(index)) continue;
    try {
      const bytes = await readSample(deps.files, picture);
      await deps.pictures.withDecoded(bytes, (decoded) =>
        learner.observe(index, picture.contentHash, decoded),
      );
    } catch (error) {
      if (!(error instanceof QuatrainError) || error.status >= 500) throw error;
    }
  }
  return learner.reference();
}
