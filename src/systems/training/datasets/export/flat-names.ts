import { stemOf } from "../index/file-lookup.ts";
import type { ManifestImage } from "../manifest.ts";

const MAX_STEM = 100;

/**
 * A name without folders for each picture, in their order. Without their extensions they differ from each other, in
 * any case: `a/1.png`, `b/1.jpg` become `1.png`, `1-2.jpg`. O(pictures).
 */
export function flatNames(images: readonly ManifestImage[]): { stem: string; name: string }[] {
  const taken = new Set<string>();
  const counters = new Map<string, number>();
  return images.map(({ path }) => {
    const base =
      stemOf(path)
        .replace(/^[\s.]+|\s+$/g, "")
        .slice(0, MAX_STEM)
        .toWellFormed() || "image";
    let stem = base;
    for (let at = counters.get(base) ?? 1; taken.has(stem.toLowerCase()); ) {
      stem = `${base}-${++at}`;
      counters.set(base, at);
    }
    taken.add(stem.toLowerCase());
    return { stem, name: stem + (/\.\w{1,8}$/.exec(path)?.[0] ?? "") };
  });
}
