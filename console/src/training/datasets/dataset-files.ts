import type { GivenFile } from "../../parts/drop-zone.tsx";

/** Kinds of files that datasets hold: pictures, annotations, archives of both. */
export const DATASET_FILES = "image/*,.tif,.tiff,.bmp,.webp,.zip,.json,.txt,.xml,.yaml,.yml,.names";

export function totalBytes(files: readonly GivenFile[]): number {
  return files.reduce((sum, { file }) => sum + file.size, 0);
}

/** What a dataset may be called: as the folder that was dropped, or the only file without its ending. */
export function nameFrom(files: readonly GivenFile[]): string {
  const [first] = files;
  if (first === undefined) return "";
  const [folder, ...rest] = first.path.split("/");
  if (rest.length > 0 && files.every(({ path }) => path.startsWith(`${folder}/`))) return folder ?? "";
  return files.length === 1 ? first.path.replace(/\.[^.]+$/, "") : "";
}
