import { isIP } from "node:net";
import { delimiter, isAbsolute, resolve } from "node:path";
import { Secret } from "./secret.ts";

/** How one setting is read: from text to its value, or to a sentence that says what is wrong. */
export interface Setting<Value> {
  readonly fallback: Value;
  /** Shown in docs/reference/settings.md; one sentence. */
  readonly help: string;
  /** What it accepts, as the rest of "must be ...". */
  readonly takes: string;
  /** In the documentation, where the fallback depends on the machine. */
  readonly fallbackText?: string;
  /** @throws SettingFault */
  parse(text: string): Value;
  readonly secret?: true;
}

/** What is wrong with a setting's text, in the operator's terms. */
export class SettingFault extends Error {}

export function text(help: string, fallback: string): Setting<string>;
export function text(help: string, fallback: null): Setting<string | null>;
export function text(help: string, fallback: string | null): Setting<string | null> {
  return { help, fallback, takes: "a text", parse: (value) => value };
}

export function secret(help: string): Setting<Secret | null> {
  return { help, fallback: null, takes: "a secret text", parse: (value) => new Secret(value), secret: true };
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
  return setting(help, fallback, `a whole number from ${min} to ${max}`, (value) => {
    const number = Number(value);
    return /^\d+$/.test(value) && number >= min && number <= max ? number : undefined;
  });
}

const DECIMAL = /^\d+(?:\.\d*)?(?:e[+-]?\d+)?$/i;

export function decimal(
  help: string,
  fallback: number,
  [min, max]: readonly [number, number],
): Setting<number> {
  return setting(help, fallback, `a number from ${min} to ${max}`, (value) => {
    const number = Number(value);
    return DECIMAL.test(value) && number >= min && number <= max ? number : undefined;
  });
}

const FLAG_WORDS = "1 or 0 (true, false, yes, no, on, off)";

export function flag(help: string, fallback = false): Setting<boolean> {
  return setting(help, fallback, FLAG_WORDS, readFlag);
}

/** A flag whose absence is a third thing. */
export function optionalFlag(help: string): Setting<boolean | null> {
  return setting<boolean | null>(help, null, FLAG_WORDS, readFlag);
}

function readFlag(value: string): boolean | undefined {
  const word = value.toLowerCase();
  if (["1", "true", "yes", "on"].includes(word)) return true;
  return ["0", "false", "no", "off"].includes(word) ? false : undefined;
}

export function oneOf<const Word extends string>(
  help: string,
  fallback: Word,
  words: readonly Word[],
): Setting<Word> {
  return setting(help, fallback, `one of: ${words.join(", ")}`, (value) =>
    words.find((word) => word === value.toLowerCase()),
  );
}

/** Comma-separated words out of a closed list. */
export function someOf<const Word extends string>(
  help: string,
  fallback: readonly Word[],
  words: readonly Word[],
): Setting<readonly Word[]> {
  return setting(help, fallback, `one or more of: ${words.join(", ")} (comma-separated)`, (value) => {
    const given = splitList(value);
    const known = words.filter((word) => given.includes(word));
    return given.length > 0 && known.length === new Set(given).size ? known : undefined;
  });
}

/** Comma-separated texts, each of which `readItem` accepts (and may put in its normal form). */
function listOf(
  help: string,
  takes: string,
  readItem: (item: string) => string | undefined,
): Setting<readonly string[]> {
  return setting(help, [] as readonly string[], takes, (value) => {
    const items = splitList(value).map(readItem);
    return items.every((item) => item !== undefined) ? items : undefined;
  });
}

/** Absolute folders, separated by commas or, as in PATH, by colons. */
export function folders(help: string): Setting<readonly string[]> {
  return setting(
    help,
    [] as readonly string[],
    "absolute folders such as /srv/pictures:/srv/comics",
    (value) => {
      const items = splitList(value.replaceAll(delimiter, ","));
      return items.every((item) => isAbsolute(item)) ? items.map((item) => resolve(item)) : undefined;
    },
  );
}

/** Origins of web pages, or `*`. */
export function origins(help: string): Setting<readonly string[]> {
  return listOf(help, "origins such as https://shop.example (comma-separated), or *", (item) => {
    if (item === "*") return item;
    const parsed = URL.canParse(item) ? new URL(item) : null;
    return parsed !== null && /^https?:$/.test(parsed.protocol) ? parsed.origin : undefined;
  });
}

/** Addresses and networks. */
export function networks(help: string): Setting<readonly string[]> {
  const takes =
    "addresses or networks such as 10.0.0.1 or 10.0.0.0/8, or loopback, linklocal, uniquelocal (comma-separated)";
  return listOf(help, takes, (item) => {
    if (["loopback", "linklocal", "uniquelocal"].includes(item)) return item;
    const [address = "", bits, ...more] = item.split("/");
    const mostBits = isIP(address) === 4 ? 32 : 128;
    const isNetwork =
      bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= mostBits);
    return isIP(address) !== 0 && isNetwork && more.length === 0 ? item : undefined;
  });
}

/** A time zone of the IANA list. */
export function timeZone(help: string, fallback: string): Setting<string> {
  return setting(help, fallback, "a time zone such as UTC or America/Bogota", (value) => {
    try {
      return new Intl.DateTimeFormat("en", { timeZone: value }).resolvedOptions().timeZone;
    } catch {
      return undefined;
    }
  });
}

const UNITS: Readonly<Record<string, number>> = { "": 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40 };

/** Bytes, as `500000000`, `500 MB` or `20G` (powers of 1,024). */
export function bytes(help: string, fallback: number): Setting<number>;
export function bytes(help: string, fallback: null): Setting<number | null>;
export function bytes(help: string, fallback: number | null): Setting<number | null> {
  const takes = "a number of bytes such as 500000000, 500MB or 20GB (powers of 1,024)";
  return setting(help, fallback, takes, (value) => {
    const match = /^(\d+(?:\.\d+)?)\s*([kmgt]?)i?b?$/i.exec(value);
    if (!match) return undefined;
    const count = Math.round(Number(match[1]) * UNITS[match[2]!.toLowerCase()]!);
    return Number.isSafeInteger(count) ? count : undefined;
  });
}

/** A URL; secret, since it may carry a password. */
export function url(help: string, schemes: readonly string[]): Setting<Secret | null> {
  const takes = `a URL that starts with ${schemes.map((name) => `${name}://`).join(" or ")}`;
  const read = (value: string) => {
    const scheme = URL.canParse(value) ? new URL(value).protocol.replace(":", "") : "";
    return schemes.includes(scheme) ? new Secret(value) : undefined;
  };
  return { ...setting<Secret | null>(help, null, takes, read), secret: true };
}

/** `read` yields undefined for what it does not accept. */
function setting<Value>(
  help: string,
  fallback: Value,
  takes: string,
  read: (value: string) => Value | undefined,
): Setting<Value> {
  return {
    help,
    fallback,
    takes,
    parse(value) {
      const parsed = read(value);
      if (parsed === undefined) throw new SettingFault(`must be ${takes}`);
      return parsed;
    },
  };
}

function splitList(value: string): string[] {
  return value
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}
