import { Secret } from "./secret.ts";

/** How one setting is read: from text to its value, or to a sentence that says what is wrong. */
export interface Setting<Value> {
  readonly fallback: Value;
  /** Shown in docs/reference/settings.md; one sentence. */
  readonly help: string;
  /** @throws SettingFault */
  parse(text: string): Value;
  readonly secret?: true;
}

/** What is wrong with a setting's text, in the operator's terms. */
export class SettingFault extends Error {}

export function text(help: string, fallback: string): Setting<string>;
export function text(help: string, fallback: null): Setting<string | null>;
export function text(help: string, fallback: string | null): Setting<string | null> {
  return { help, fallback, parse: (value) => value };
}

export function secret(help: string): Setting<Secret | null> {
  return { help, fallback: null, parse: (value) => new Secret(value), secret: true };
}

export function whole(help: string, fallback: number, bounds: readonly [number, number]): Setting<number>;
export function whole(
  help: string,
  fallback: null,
  bounds: readonly [number, number],
): Setting<number | null>;
export function whole(
  help: string,
  fallback: number | null,
  [min, max]: readonly [number, number],
): Setting<number | null> {
  return {
    help,
    fallback,
    parse(value) {
      const number = Number(value);
      if (/^\d+$/.test(value) && number >= min && number <= max) return number;
      throw new SettingFault(`must be a whole number from ${min} to ${max}`);
    },
  };
}

export function decimal(
  help: string,
  fallback: number,
  [min, max]: readonly [number, number],
): Setting<number> {
  return {
    help,
    fallback,
    parse(value) {
      const number = Number(value);
      if (value.trim() !== "" && Number.isFinite(number) && number >= min && number <= max) return number;
      throw new SettingFault(`must be a number from ${min} to ${max}`);
    },
  };
}

export function flag(help: string, fallback = false): Setting<boolean> {
  return {
    help,
    fallback,
    parse(value) {
      const word = value.toLowerCase();
      if (["1", "true", "yes", "on"].includes(word)) return true;
      if (["0", "false", "no", "off"].includes(word)) return false;
      throw new SettingFault("must be 1 or 0 (true, false, yes, no, on, off)");
    },
  };
}

export function oneOf<const Word extends string>(
  help: string,
  fallback: Word,
  words: readonly Word[],
): Setting<Word> {
  return {
    help,
    fallback,
    parse(value) {
      const word = words.find((candidate) => candidate === value.toLowerCase());
      if (word !== undefined) return word;
      throw new SettingFault(`must be one of: ${words.join(", ")}`);
    },
  };
}

/** Comma-separated words out of a closed list. */
export function someOf<const Word extends string>(
  help: string,
  fallback: readonly Word[],
  words: readonly Word[],
): Setting<readonly Word[]> {
  return {
    help,
    fallback,
    parse(value) {
      const given = splitList(value);
      const known = words.filter((word) => given.includes(word));
      if (given.length > 0 && known.length === new Set(given).size) return known;
      throw new SettingFault(`must be one or more of: ${words.join(", ")} (comma-separated)`);
    },
  };
}

/** Comma-separated texts. */
export function list(help: string, fallback: readonly string[]): Setting<readonly string[]> {
  return { help, fallback, parse: splitList };
}

const UNITS: Readonly<Record<string, number>> = { "": 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40 };

/** Bytes, as `500000000`, `500 MB` or `20G` (powers of 1,024). */
export function bytes(help: string, fallback: number): Setting<number>;
export function bytes(help: string, fallback: null): Setting<number | null>;
export function bytes(help: string, fallback: number | null): Setting<number | null> {
  return {
    help,
    fallback,
    parse(value) {
      const match = /^(\d+(?:\.\d+)?)\s*([kmgt]?)i?b?$/i.exec(value.trim());
      if (match) return Math.round(Number(match[1]) * UNITS[match[2]!.toLowerCase()]!);
      throw new SettingFault("must be a number of bytes such as 500000000, 500MB or 20GB");
    },
  };
}

export function url(help: string, schemes: readonly string[]): Setting<Secret | null> {
  return {
    help,
    fallback: null,
    secret: true,
    parse(value) {
      const scheme = URL.canParse(value) ? new URL(value).protocol.replace(":", "") : "";
      if (schemes.includes(scheme)) return new Secret(value);
      throw new SettingFault(
        `must be a URL that starts with ${schemes.map((name) => `${name}://`).join(" or ")}`,
      );
    },
  };
}

function splitList(value: string): string[] {
  return value
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}
