import type { InspectedFile } from "./inspect-file.ts";

export const RESULT_FORMATS = ["csv", "jsonl"] as const;
export type ResultFormat = (typeof RESULT_FORMATS)[number];

const COLUMNS = [
  "file",
  "decision",
  "score",
  "threshold",
  "n_regions",
  "largest_mm2",
  "quality",
  "model_version",
  "request_id",
  "overlay",
  "warnings",
  "error",
] as const satisfies readonly (keyof InspectedFile)[];

/** What stands above the first result; nothing in JSON lines. */
export function headLine(format: ResultFormat): string {
  return format === "csv" ? `${COLUMNS.join(",")}\n` : "";
}

/** A result as one line, its end included. */
export function resultLine(result: InspectedFile, format: ResultFormat): string {
  if (format === "jsonl") return `${JSON.stringify(result)}\n`;
  return `${COLUMNS.map((column) => cell(result[column])).join(",")}\n`;
}

/** RFC 4180; a text that a spreadsheet would take for a formula gets an apostrophe before it. */
function cell(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  const text = Array.isArray(value) ? value.join("; ") : String(value);
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
