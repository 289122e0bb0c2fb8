import type { DatasetPlace, Label, Roi } from "./roi.ts";

/*
 * Where inspection's files lie: people look into these folders.
 * Source: contracts/inspection.md "Storage layout"; spec/inspection.md sections 2 and 6.
 */

const base64Url = (text: string) => Buffer.from(text, "utf8").toString("base64url");

/** `base64(role)__base64(roi)`, urlsafe, no padding. */
export function baseName({ roleId, roiId }: Pick<DatasetPlace, "roleId" | "roiId">): string {
  return `${base64Url(roleId)}__${base64Url(roiId)}`;
}

/** The role and ROI that a folder's name stands for, or null when it is no such name. */
export function parseBaseName(name: string): { roleId: string; roiId: string } | null {
  // the last one: no UTF-8 text begins with `_` in base64 nor has `__` in it, but one can end with `_`
  const between = name.lastIndexOf("__");
  if (between < 1) return null;
  const place = {
    roleId: Buffer.from(name.slice(0, between), "base64url").toString("utf8"),
    roiId: Buffer.from(name.slice(between + 2), "base64url").toString("utf8"),
  };
  if (place.roiId === "") return null;
  return baseName(place) === name ? place : null;
}

export function datasetPrefix(place: DatasetPlace): string {
  return `recipes/${place.recipeId}/datasets/${baseName(place)}`;
}

export function pictureKey(place: DatasetPlace, label: Label, filename: string): string {
  return `${datasetPrefix(place)}/${label}/${filename}`;
}

/** The picture's metadata lies beside it under the same stem. */
export function sidecarKey(place: DatasetPlace, label: Label, filename: string): string {
  return pictureKey(place, label, `${stemOf(filename)}.json`);
}

export function stemOf(filename: string): string {
  return filename.replace(/\.[^.]*$/, "");
}

/** Client text as one safe path segment: anything unusual is percent-encoded, so that two keys never meet. */
function segment(text: string): string {
  return encodeURIComponent(text).replace(/^\.+/, (dots) => "%2E".repeat(dots.length));
}

function modelPrefix(roi: Roi): string {
  return `recipes/${roi.recipeId}/models/${segment(roi.modelKey)}/${baseName(roi)}`;
}

export function memoryKey(roi: Roi, version: number): string {
  return `${modelPrefix(roi)}/memory-v${String(version).padStart(4, "0")}.safetensors`;
}

/** Whether a key is one that `memoryKey` makes. */
export function isMemoryKey(key: string): boolean {
  return /^recipes\/[^/]+\/models\/[^/]+\/[^/]+\/memory-v\d+\.safetensors$/.test(key);
}

/** Pictures that were uploaded for a fit, kept by content: `mode=append` and queued fits read them. */
export function sourcePrefix(roi: Roi): string {
  return `${modelPrefix(roi)}/sources`;
}

export function sourceKey(roi: Roi, contentHash: string): string {
  return `${sourcePrefix(roi)}/${contentHash}`;
}

const SOURCE_KEY = /^recipes\/([^/]+)\/models\/([^/]+)\/([^/]+)\/sources\/[0-9a-f]{64}$/;

/** The ROI that a key of `sourceKey` belongs to, or null when it is no such key. */
export function roiOfSourceKey(key: string): Roi | null {
  const [, recipeId = "", modelKey = "", base = ""] = SOURCE_KEY.exec(key) ?? [];
  const place = parseBaseName(base);
  if (place === null) return null;
  const roi = { recipeId, modelKey: decoded(modelKey), ...place };
  return key.startsWith(`${sourcePrefix(roi)}/`) ? roi : null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return ""; // no segment of ours
  }
}
