import type { FileStore } from "../../../../platform/storage/file-store.ts";

/** What a comic says of itself: title, series, reading direction. Its name is that of the programs that read it. */
export const COMIC_INFO = "ComicInfo.xml";

/** Keeps it beside an upload's or a job's files. */
export async function keepComicInfo(
  store: FileStore,
  folder: string,
  content: Uint8Array | null,
): Promise<void> {
  if (content !== null) await store.put(`${folder}/${COMIC_INFO}`, content);
}

/** As it was kept; null where there is none. */
export async function readComicInfo(store: FileStore, folder: string): Promise<Uint8Array | null> {
  const key = `${folder}/${COMIC_INFO}`;
  return (await store.stat(key)) === null ? null : store.read(key);
}
