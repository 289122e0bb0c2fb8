/** Limits that every MLflow store keeps: mlflow.org, "REST API", "Log Batch" and "Request Limits"; 500 is that of old servers. */
export const MOST_METRICS = 1_000;
export const MOST_PARAMS = 100;
const MOST_PARAM_CHARACTERS = 500;
const MOST_TAG_BYTES = 5_000;
const MOST_KEY_BYTES = 250;

/** A metric at an epoch, as `log-batch` takes it. */
export interface MetricEntry {
  readonly key: string;
  /** Numbers that JSON cannot say are texts, as protobuf's JSON has them. */
  readonly value: number | string;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  /** The epoch, from 1. */
  readonly step: number;
}

/** A parameter or a tag. */
export interface TextEntry {
  readonly key: string;
  readonly value: string;
}

export function metricEntries(
  metrics: Readonly<Record<string, number>>,
  step: number,
  timestamp: number,
): MetricEntry[] {
  return Object.entries(metrics).map(([key, value]) => ({
    key: keyOf(key),
    value: Number.isFinite(value) ? value : String(value),
    timestamp,
    step,
  }));
}

/** Texts stay as they are, everything else is written as JSON; what is too long ends with dots. */
export function paramEntries(params: Readonly<Record<string, unknown>>): TextEntry[] {
  const texts = new Map<string, string>();
  for (const [key, value] of Object.entries(params)) {
    if (value === undefined) continue;
    const text = typeof value === "string" ? value : JSON.stringify(value);
    texts.set(keyOf(key), shortened(text, MOST_PARAM_CHARACTERS));
  }
  // a name that is there twice would have all of them refused
  return [...texts].map(([key, value]) => ({ key, value }));
}

export function tagEntries(tags: Readonly<Record<string, string>>): TextEntry[] {
  return Object.entries(tags).map(([key, value]) => ({
    key: keyOf(key),
    value: withinBytes(value.toWellFormed(), MOST_TAG_BYTES),
  }));
}

/** A name that every server takes: letters, digits, `_`, `-`, `.`, spaces, and `/` where it is a clean relative path. */
function keyOf(name: string): string {
  const plain = name.toWellFormed().replace(/[^\p{L}\p{N}_\-. /]/gu, "_");
  const key = withinBytes(plain, MOST_KEY_BYTES);
  if (!key.split("/").some((part) => ["", ".", ".."].includes(part))) return key;
  return key.replace(/^\.+$/, "_").replaceAll("/", "_") || "_";
}

function shortened(text: string, most: number): string {
  return (text.length <= most ? text : `${text.slice(0, most - 3)}...`).toWellFormed();
}

function withinBytes(text: string, most: number): string {
  const bytes = Buffer.from(text);
  // a character that is cut in two becomes one of three bytes
  return bytes.length <= most ? text : bytes.subarray(0, most - 2).toString("utf8");
}

/** Parts of at most `size` entries, in order. */
export function inParts<Entry>(entries: readonly Entry[], size: number): readonly (readonly Entry[])[] {
  const parts: (readonly Entry[])[] = [];
  for (let from = 0; from < entries.length; from += size) parts.push(entries.slice(from, from + size));
  return parts;
}
