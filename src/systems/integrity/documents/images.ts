import { createHash } from "node:crypto";
import { perceptualHash } from "../../../algorithms/image/perceptual-hash.ts";
import type { Picture } from "../../../algorithms/image/picture.ts";
import { IMAGE_LIMITS, MAX_IMAGES, MIN_IMAGE_SIDE } from "./limits.ts";
import type { DocumentImage, DocumentNote } from "./port.ts";

/** Collects the pictures of one document: small ones are passed over, what cannot be decoded is noted. */
export class DocumentImages {
  readonly images: DocumentImage[] = [];
  readonly notes = new Set<DocumentNote>();
  readonly #until: number;

  /** @param until `performance.now()` after which no more are taken. */
  constructor(until = Number.POSITIVE_INFINITY) {
    this.#until = until;
  }

  /** No more are taken. */
  get isFull(): boolean {
    return this.images.length >= MAX_IMAGES || performance.now() > this.#until;
  }

  /** A picture's file. O(pixels). */
  async addFile(bytes: Uint8Array): Promise<void> {
    if (!this.#hasRoom()) return;
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const picture = await this.#decoded(bytes);
    if (picture === null) this.images.push({ sha256, phash: null, width: 0, height: 0 });
    else this.#add(sha256, picture);
  }

  /** Pixels of a picture without a file. O(pixels). */
  addPixels(picture: Picture, page: number): void {
    if (!this.#hasRoom()) return;
    const hash = createHash("sha256").update(`${picture.width}x${picture.height}`).update(picture.data);
    this.#add(hash.digest("hex"), picture, page);
  }

  note(note: DocumentNote): void {
    this.notes.add(note);
  }

  #hasRoom(): boolean {
    if (this.isFull) this.note("images_left_out");
    return !this.isFull;
  }

  #add(sha256: string, picture: Picture, page?: number): void {
    const { width, height } = picture;
    if (Math.min(width, height) < MIN_IMAGE_SIDE) return;
    const image = { sha256, phash: perceptualHash(picture), width, height };
    this.images.push(page === undefined ? image : { ...image, page });
  }

  async #decoded(bytes: Uint8Array): Promise<Picture | null> {
    try {
      // Not needed for most documents, and slow to load.
      const { decodePicture } = await import("../../../ml/images/decode-picture.ts");
      return await decodePicture(bytes, IMAGE_LIMITS);
    } catch {
      // Metafiles and drawings of vectors, damaged files, pictures beyond the limits.
      this.note("image_unreadable");
      return null;
    }
  }
}
