import { randomInt } from "node:crypto";
import { userError } from "../../../platform/errors/quatrain-error.ts";
import type { EngineName, HintOrder, JobKind, JobOrder } from "../chapter-job.ts";
import { invalidRequest } from "../errors.ts";
import { readPalette } from "./read-characters.ts";
import { MAX_PAGES } from "./read-inputs.ts";
import {
  type Fields,
  readColour,
  readFlag,
  readList,
  readNumber,
  readObject,
  readOne,
  readPlace,
  readText,
} from "./request-fields.ts";

const ENGINES: readonly EngineName[] = ["flux", "embedded", "dummy"];
const MAX_HINTS = 10_000;
const MAX_REFERENCES = 16;
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
    ...readPalette(body.palette, chapterId),
    pages: readPages(body.pages),
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
  return readList("hints", value, MAX_HINTS).map((entry, index) => {
    const field = `hints.${index}`;
    const hint = readObject(field, entry);
    return {
      pageNum: readNumber(`${field}.page_num`, hint.page_num, 0, 1e6),
      ...readPlace(field, hint),
      colour: readColour(`${field}.colour`, hint.colour ?? hint.color),
    };
  });
}

function readPages(value: unknown): number[] | null {
  const pages = readList("pages", value, MAX_PAGES).map((entry, index) => {
    const page = readNumber(`pages.${index}`, entry, 1, 1e6);
    if (page !== null && Number.isInteger(page)) return page;
    throw invalidRequest(`pages.${index}`, `pages.${index} must be the number of a page, from 1`);
  });
  return pages.length === 0 ? null : [...new Set(pages)].sort((a, b) => a - b);
}

/** They are kept with every page. */
function readOptions(value: unknown): Fields {
  const options = readObject("options", value);
  if (JSON.stringify({ ...options, hints: undefined }).length <= MAX_OPTIONS) return options;
  throw invalidRequest("options", `options has more than ${MAX_OPTIONS} characters`);
}
