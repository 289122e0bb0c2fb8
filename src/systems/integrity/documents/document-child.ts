import { DocumentImages } from "./images.ts";
import { IMAGES_BUDGET_MS } from "./limits.ts";
import type { ChildReport, ReadingRequest } from "./messages.ts";
import { openDocument } from "./read-document.ts";
import { toRefusal } from "./refusals.ts";

/**
 * The process that reads one document, and ends: it is given a path, tells the text as soon as it is there, then the
 * pictures. Whatever a document does to its reader happens here, with limits from outside.
 */
process.once("message", async ({ path, filename }: ReadingRequest) => {
  try {
    const { document, readImages } = await openDocument(path, filename);
    await report({ kind: "text", document });
    const images = new DocumentImages(performance.now() + IMAGES_BUDGET_MS);
    await readImages(images);
    await report({ kind: "images", images: images.images, notes: [...images.notes] });
  } catch (error) {
    const { code, message, status } = toRefusal(error);
    await report({ kind: "refused", code, status, message });
  }
  process.disconnect();
});

// Nobody waits any more.
process.once("disconnect", () => process.exit());

function report(message: ChildReport): Promise<void> {
  return new Promise((resolve) => {
    process.send?.(message, undefined, {}, () => resolve());
  });
}
