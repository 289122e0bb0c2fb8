import { AnnotationMode, ImageKind, OPS } from "unpdf/pdfjs";
import type { Picture } from "../../../../algorithms/image/picture.ts";
import type { DocumentImages } from "../images.ts";
import { IMAGE_LIMITS } from "../limits.ts";
import { loadPdf, type Pdf } from "./load-pdf.ts";

/** A picture as pdf.js decodes it. */
interface DecodedImage {
  readonly width: number;
  readonly height: number;
  readonly kind: number;
  readonly data?: Uint8Array | Uint8ClampedArray;
  /** Its object in the file: the same wherever it is painted. */
  readonly ref?: string;
}

type Page = Awaited<ReturnType<Pdf["getPage"]>>;

/** The pictures of some pages, each object once, however often it is painted. */
export async function readPdfImages(
  bytes: Uint8Array,
  pages: readonly number[],
  images: DocumentImages,
): Promise<void> {
  if (pages.length === 0) return;
  const pdf = await loadPdf(bytes, IMAGE_LIMITS.maxPixels);
  const seen = new Set<string>();
  for (const number of pages) {
    if (images.isFull) {
      images.note("images_left_out");
      break;
    }
    try {
      await readPageImages(await pdf.getPage(number), images, seen);
    } catch {
      images.note("image_unreadable");
    }
  }
  await pdf.loadingTask.destroy();
}

async function readPageImages(page: Page, images: DocumentImages, seen: Set<string>): Promise<void> {
  const { fnArray, argsArray } = await page.getOperatorList({ annotationMode: AnnotationMode.DISABLE });
  for (let at = 0; at < fnArray.length; at++) {
    if (fnArray[at] !== OPS.paintImageXObject) continue;
    const name = String(argsArray[at][0]);
    if (seen.has(`${page.pageNumber} ${name}`)) continue;
    seen.add(`${page.pageNumber} ${name}`);
    const image = await imageOf(page, name);
    if (image?.ref !== undefined && seen.has(image.ref)) continue;
    if (image?.ref !== undefined) seen.add(image.ref);
    const picture = image === null ? null : toPicture(image);
    if (picture === null) images.note("image_unreadable");
    else images.addPixels(picture, page.pageNumber);
  }
  page.cleanup();
}

/** Null when pdf.js could not decode it. */
function imageOf(page: Page, name: string): Promise<DecodedImage | null> {
  // Pictures of several pages are kept for all of them.
  const objects = name.startsWith("g_") ? page.commonObjs : page.objs;
  return new Promise((resolve) => objects.get(name, resolve));
}

function toPicture({ width, height, kind, data }: DecodedImage): Picture | null {
  if (data === undefined) return null;
  if (kind === ImageKind.GRAYSCALE_1BPP) return { width, height, data: fromBits(data, width, height) };
  const channels = kind === ImageKind.RGBA_32BPP ? 4 : 3;
  if (data.length < width * height * channels) return null;
  if (channels === 3)
    return { width, height, data: new Uint8Array(data.buffer, data.byteOffset, 3 * width * height) };
  const pixels = new Uint8Array(3 * width * height);
  for (let from = 0, to = 0; to < pixels.length; from++) if (from % 4 !== 3) pixels[to++] = data[from] ?? 0;
  return { width, height, data: pixels };
}

/** Rows of bits, each filled up to whole bytes; 1 is white. */
function fromBits(bits: ArrayLike<number>, width: number, height: number): Uint8Array {
  const pixels = new Uint8Array(3 * width * height);
  const stride = Math.ceil(width / 8);
  for (let y = 0, to = 0; y < height; y++)
    for (let x = 0; x < width; x++, to += 3)
      if (((bits[y * stride + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1) pixels.fill(255, to, to + 3);
  return pixels;
}
