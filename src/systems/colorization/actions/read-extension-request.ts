import type { EngineName } from "../chapter-job.ts";
import { badRequestB } from "../errors.ts";

type Fields = Readonly<Record<string, unknown>>;

/** What every call of the extension may carry. */
export interface ExtensionOptions {
  readonly engine: EngineName;
  readonly strength: number;
  readonly seedOverride: number | null;
  /** As in dialect A: `options.skip_colored`, true unless given; `options.prompt`; `options.fallback`. */
  readonly skipColoured: boolean;
  readonly prompt: string;
  readonly fallback: "embedded" | null;
  readonly options: Fields;
}

const ENGINES: readonly EngineName[] = ["flux", "embedded", "dummy"];
const SEED_BOUND = 2 ** 31;
const MAX_TEXT = 4_096;

/** Dialect B's common fields, refused in its own words. Source: spec/colorization.md section 2. */
export function readExtensionOptions(body: Fields): ExtensionOptions {
  const engine = ENGINES.find((name) => name === (body.engine ?? "flux"));
  if (engine === undefined) {
    throw badRequestB("Invalid engine. Supported values: flux, dummy, embedded");
  }
  const options = body.options ?? {};
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    throw badRequestB("'options' must be an object");
  }
  const { skip_colored: skip = true, fallback = null, ...others } = options as Fields;
  if (typeof skip !== "boolean") throw badRequestB("'options.skip_colored' must be true or false");
  if (fallback !== null && fallback !== "embedded") throw badRequestB("'options.fallback' must be embedded");
  return {
    engine,
    strength: readStrength(body.strength),
    seedOverride: readSeed(body.seed_override),
    skipColoured: skip,
    prompt: readText(others, "prompt") ?? "",
    fallback,
    options: options as Fields,
  };
}

function readStrength(value: unknown): number {
  if (value === undefined || value === null) return 1;
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  if (typeof number !== "number" || !Number.isFinite(number)) throw badRequestB("'strength' must be numeric");
  if (number < 0 || number > 1) throw badRequestB("'strength' must be between 0 and 1");
  return number;
}

function readSeed(value: unknown): number | null {
  if (value === undefined || value === null || value === "") return null;
  const number = typeof value === "string" ? Number(value) : value;
  if (typeof number === "number" && Number.isSafeInteger(number)) return Math.abs(number) % SEED_BOUND;
  throw badRequestB("'seed_override' must be integer");
}

/** A text field; null where it is absent or blank. */
export function readText(body: Fields, name: string, maxCharacters = MAX_TEXT): string | null {
  const value = body[name];
  if (value === undefined || value === null) return null;
  if (typeof value !== "string") throw badRequestB(`'${name}' must be a string`);
  if (value.length > maxCharacters) throw badRequestB(`'${name}' has more than ${maxCharacters} characters`);
  return value.trim() === "" ? null : value.trim();
}

/** Bytes as base64, with or without a data URL around them. */
export function readBase64(name: string, value: string): Buffer {
  const text = value.replace(/^data:[^,]*,/, "").replaceAll(/\s/g, "");
  if (text === "" || text.length % 4 === 1 || !/^[A-Za-z0-9+/_-]*={0,2}$/.test(text)) {
    throw badRequestB(`Invalid base64 in '${name}'`);
  }
  return Buffer.from(text, "base64");
}
