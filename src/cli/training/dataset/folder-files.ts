import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { messageOf, userError } from "../../../platform/errors/quatrain-error.ts";
import type { LocalFile } from "../file-batches.ts";

/** A file below the folder that is imported. */
export interface FolderFile extends LocalFile {
  /** From that folder on, with forward slashes. */
  readonly relative: string;
}

/** What a folder holds for a dataset, and what of it is passed over. */
export interface FolderFiles {
  /** Annotations first, then pictures, each in the order of their paths. */
  readonly files: readonly FolderFile[];
  /** Neither pictures nor annotations. */
  readonly others: number;
  readonly links: number;
}

/** Also such as the server cannot read: it says so of each. */
const PICTURE =
  /\.(png|jpe?g|jpe|jfif|bmp|dib|webp|tiff?|gif|heic|heif|avif|jxl|jp2|psd|svg|ico|ppm|pgm|tga|raw|dng)$/i;
const ANNOTATION = /\.(json|txt|ya?ml|xml|names)$/i;
const LEFT_BEHIND = /^(\.|__macosx$|thumbs\.db$|desktop\.ini$)/i;

/**
 * Walks a folder. Hidden files and folders are passed over, symbolic links are not followed. O(entries).
 * @throws QuatrainError `unreadable_folder`, `no_pictures` (400)
 */
export async function listFolder(folder: string): Promise<FolderFiles> {
  const found: Found = { annotations: [], pictures: [], others: 0, links: 0 };
  await walk(folder, "", found);
  const { annotations, pictures, others, links } = found;
  if (pictures.length === 0)
    throw userError("no_pictures", 400, `There are no pictures in ${folder} or below it`);
  return { files: [...annotations, ...pictures], others, links };
}

interface Found {
  readonly annotations: FolderFile[];
  readonly pictures: FolderFile[];
  others: number;
  links: number;
}

async function walk(folder: string, below: string, found: Found): Promise<void> {
  const path = join(folder, below);
  const entries = await readdir(path, { withFileTypes: true }).catch((error: unknown) => {
    throw userError("unreadable_folder", 400, `${path} cannot be read: ${messageOf(error)}`);
  });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    if (LEFT_BEHIND.test(entry.name)) continue;
    const relative = below === "" ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) await walk(folder, relative, found);
    else if (entry.isSymbolicLink()) found.links++;
    else if (entry.isFile()) await take(join(folder, relative), relative, found);
  }
}

async function take(path: string, relative: string, found: Found): Promise<void> {
  const list = PICTURE.test(relative) ? found.pictures : ANNOTATION.test(relative) ? found.annotations : null;
  if (list === null) found.others++;
  else list.push({ path, relative, bytes: (await stat(path)).size });
}
