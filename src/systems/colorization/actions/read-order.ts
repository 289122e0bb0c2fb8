import { randomInt } from "node:crypto";
import { userError } from "../../../platform/errors/quatrain-error.ts";
import type { EngineName, HintOrder, JobKind, JobOrder } from "../chapter-job.ts";
import { invalidRequest } from "../errors.ts";

type Fields = Readonly<Record<string, unknown>>;

const ENGINES: readonly EngineName[] = ["flux", "embedded", "dummy"];
const MAX_HINTS = 10_000;
const MAX_REFERENCES = 16;
const MAX_TEXT = 4_096;
const MAX_OPTIONS = 65_536;
const SEED_BOUND = 2 ** 31;
const CHAPTER_ID = /^[^\p{Cc}/\\]{1,200}$/u;

/**
 * What a job of dialect A is asked with, in the contract's order: `style_reference` first, then the other fields.
 * Source: spec/colorization.md sections 1 and 6.
 * @throws QuatrainError `style_reference_required`, `invalid_request` (400)
 */
export function readOrder(kind: JobKind, body: Fields): JobOrder {
  const styleReferences = readReferences(kind, body);
  const { hints: hintsInOptions, ...options } = readOptions(body.options);
  const chapterId = readChapter(body.chapter_id);
  const inputMode = readOne("input_mode", body.input_mode, ["single", "batch"] as const, "batch");
  const seedMode = readOne(
    "options.seed_mode",
    options.seed_mode,
    ["metadata", "fixed", "random"] as const,
    options.seed === undefined ? "metadata" : "fixed",
  );
  const inputDir = readText("input_dir", body.input_dir);
  if (inputDir === null && kind !== "pass2") {
    throw invalidRequest("input_dir", "input_dir is required: a folder, a picture, a cbz or an upload's id");
  }
  return {
    kind,
    chapterId,
    inputMode,
    inputDir,
    styleReferences,
    engine: readOne("engine", body.engine, ENGINES, "flux"),
    strength: readNumber("options.strength", options.strength, 0, 1) ?? 1,
    seedMode,
    seed: readSeed(seedMode, options.seed),
    skipColoured: readFlag("options.skip_colored", options.skip_colored) ?? true,
    fallback: readOne("options.fallback", options.fallback, ["embedded"] as const, null),
    prompt: readText("options.prompt", options.prompt) ?? "",
    hints: readHints(body.hints ?? hintsInOptions),
    metadataOutput: readText("metadata_output", body.metadata_output),
    pass2Output: readText("pass2_output", body.pass2_output),
    masksOutput: readText("masks_output", body.masks_output),
    options,
  };
}

function readReferences(kind: JobKind, body: Fields): string[] {
  const first = body.style_reference;
  const isGiven = typeof first === "string" && first.trim() !== "";
  if (!isGiven && kind !== "pass1") {
    throw userError("style_reference_required", 400, "style_reference is required in this version");
  }
  const more = body.style_references ?? [];
  if (!Array.isArray(more) || more.length > MAX_REFERENCES || more.some((path) => typeof path !== "string")) {
    throw invalidRequest(
      "style_references",
      `style_references must be a list of at most ${MAX_REFERENCES} paths`,
    );
  }
  return [...new Set([...(isGiven ? [first.trim()] : []), ...(more as string[])])];
}

function readChapter(value: unknown): string {
  if (value === undefined || value === null) return "default";
  const text = typeof value === "string" ? value.trim() : "";
  if (CHAPTER_ID.test(text) && text !== "." && text !== "..") return text;
  throw invalidRequest("chapter_id", "chapter_id must be a text of 1 to 200 characters without slashes");
}

function readSeed(mode: JobOrder["seedMode"], value: unknown): number | null {
  if (mode === "metadata") return null;
  if (mode === "random") return randomInt(SEED_BOUND);
  const seed = readNumber("options.seed", value, 0, Number.MAX_SAFE_INTEGER);
  if (seed !== null && Number.isInteger(seed)) return seed % SEED_BOUND;
  throw invalidRequest(
    "options.seed",
    "options.seed must be a whole number of at least 0 when seed_mode is fixed",
  );
}

function readHints(value: unknown): HintOrder[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value) || value.length > MAX_HINTS) {
    throw invalidRequest("hints", `hints must be a list of at most ${MAX_HINTS}`);
  }
  return value.map((entry: unknown, index) => {
    const field = `hints.${index}`;
    const hint = readObject(field, entry);
    const pageNum = readNumber(`${field}.page_num`, hint.page_num, 0, 1e6);
    const at = (name: string) => {
      const number = readNumber(`${field}.${name}`, hint[name], 0, 1e6);
      if (number === null) throw invalidRequest(`${field}.${name}`, `${field}.${name} is required`);
      return Math.round(number);
    };
    return {
      pageNum,
      x: at("x"),
      y: at("y"),
      width: Math.max(1, Math.round(readNumber(`${field}.w`, hint.w ?? hint.width, 1, 1e6) ?? 1)),
      height: Math.max(1, Math.round(readNumber(`${field}.h`, hint.h ?? hint.height, 1, 1e6) ?? 1)),
      colour: readColour(`${field}.colour`, hint.colour ?? hint.color),
    };
  });
}

/** `#rrggbb` or `[r, g, b]`. */
function readColour(field: string, value: unknown): [number, number, number] {
  const hex = typeof value === "string" ? /^#?([0-9a-f]{6})$/i.exec(value.trim())?.[1] : undefined;
  if (hex !== undefined) {
    const number = Number.parseInt(hex, 16);
    return [number >> 16, (number >> 8) & 255, number & 255];
  }
  const isTriple =
    Array.isArray(value) &&
    value.length === 3 &&
    value.every((part) => Number.isInteger(part) && part >= 0 && part <= 255);
  if (isTriple) return value as [number, number, number];
  throw invalidRequest(field, `${field} must be a colour as #rrggbb or [r, g, b]`);
}

/** They are kept with every page. */
function readOptions(value: unknown): Fields {
  const options = readObject("options", value);
  if (JSON.stringify({ ...options, hints: undefined }).length <= MAX_OPTIONS) return options;
  throw invalidRequest("options", `options has more than ${MAX_OPTIONS} characters`);
}

function readObject(field: string, value: unknown): Fields {
  if (value === undefined || value === null) return {};
  if (typeof value === "object" && !Array.isArray(value)) return value as Fields;
  throw invalidRequest(field, `${field} must be an object`);
}

function readText(field: string, value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === "string" && value.length <= MAX_TEXT) return value.trim() === "" ? null : value.trim();
  throw invalidRequest(field, `${field} must be a text of at most ${MAX_TEXT} characters`);
}

function readNumber(field: string, value: unknown, min: number, max: number): number | null {
  if (value === undefined || value === null) return null;
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  if (typeof number === "number" && Number.isFinite(number) && number >= min && number <= max) return number;
  throw invalidRequest(field, `${field} must be a number from ${min} to ${max}`);
}

function readFlag(field: string, value: unknown): boolean | null {
  if (value === undefined || value === null) return null;
  if (typeof value === "boolean") return value;
  throw invalidRequest(field, `${field} must be true or false`);
}

function readOne<Word extends string, None extends Word | null>(
  field: string,
  value: unknown,
  words: readonly Word[],
  absent: None,
): Word | None {
  if (value === undefined || value === null || value === "") return absent;
  const word = words.find((candidate) => candidate === value);
  if (word !== undefined) return word;
  throw invalidRequest(field, `${field} must be one of: ${words.join(", ")}`);
}
