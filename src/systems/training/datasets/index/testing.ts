import type { DatasetFile, DatasetIndex, FormatInput } from "./dataset-index.ts";
import { type IndexRequest, indexDataset } from "./index-dataset.ts";

/** For tests: a dataset of texts; names of pictures stand for pictures of 100 x 80. */
export function drawnUp(
  paths: readonly string[],
  texts: Readonly<Record<string, unknown>> = {},
): FormatInput {
  const files = [...paths, ...Object.keys(texts)].map((path): DatasetFile => {
    const isImage = /\.(png|jpe?g)$/.test(path);
    return { path, isImage, width: isImage ? 100 : null, height: isImage ? 80 : null };
  });
  const readText = async (path: string) => {
    const text = texts[path];
    return typeof text === "string" ? text : JSON.stringify(text);
  };
  return { files, readText };
}

export function indexed(
  paths: readonly string[],
  texts: Readonly<Record<string, unknown>> = {},
  format: IndexRequest["format"] = "auto",
): Promise<DatasetIndex> {
  return indexDataset({ ...drawnUp(paths, texts), format, seed: 42 });
}

/** Path, split and class name of every picture. */
export function placed({ images, classes }: DatasetIndex): Record<string, string> {
  return Object.fromEntries(
    images.map(({ path, split, label }) => [path, `${split} ${classes[label] ?? "-"}`]),
  );
}
