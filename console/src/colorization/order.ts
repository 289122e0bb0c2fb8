import type { GivenFile } from "../parts/drop-zone.tsx";

export interface OrderParts {
  readonly chapter: string;
  /** Upload's id of the pages. */
  readonly pages: string;
  /** Ids of the pictures that were uploaded as references, one at least. */
  readonly references: readonly string[];
  readonly strength: number;
}

/** The body of a two-pass job from the form's fields `engine`, `seed` and `skip`. */
export function orderOf(form: FormData, { chapter, pages, references, strength }: OrderParts) {
  const seed = String(form.get("seed") ?? "").trim();
  const [first, ...others] = references;
  return {
    chapter_id: chapter,
    input_mode: "batch",
    input_dir: pages,
    style_reference: first,
    ...(others.length > 0 ? { style_references: others } : {}),
    engine: String(form.get("engine") ?? "embedded"),
    options: {
      strength,
      skip_colored: form.get("skip") !== null,
      ...(seed === "" ? {} : { seed_mode: "fixed", seed: Number(seed) }),
    },
  };
}

/** What a chapter is called where nobody says: its folder, its archive, else `chapter`. */
export function chapterNameOf(pages: readonly GivenFile[]): string {
  const [first] = pages;
  if (first === undefined) return "chapter";
  const archive = /^(?:.*\/)?([^/]+)\.(?:cbz|zip)$/i.exec(first.path)?.[1];
  const folder = /([^/]+)\/[^/]+$/.exec(first.path)?.[1];
  return (archive ?? folder ?? "chapter").slice(0, 200);
}
