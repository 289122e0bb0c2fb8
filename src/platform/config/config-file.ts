import { readFileSync } from "node:fs";
import { messageOf } from "../errors/quatrain-error.ts";
import { invalidSettings } from "./settings-error.ts";

/** @throws QuatrainError `invalid_settings` when the file cannot be read or is not a JSON object */
export function readConfigFile(path: string): Readonly<Record<string, unknown>> {
  const fault = (why: string) => invalidSettings(`The config file ${path} cannot be used`, [why]);
  const parsed = parse(textOf(path, fault), fault);
  if (typeof parsed === "object" && parsed !== null && !Array.isArray(parsed)) {
    return parsed as Record<string, unknown>;
  }
  throw fault("it must hold one JSON object of setting names and values");
}

function textOf(path: string, fault: (why: string) => Error): string {
  try {
    return readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  } catch (error) {
    throw fault(messageOf(error));
  }
}

/** The parser's own message quotes what it met, which may be a secret: only the place is told. */
function parse(text: string, fault: (why: string) => Error): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const position = /position (\d+)/.exec(messageOf(error))?.[1];
    const line =
      position === undefined ? "" : ` (line ${text.slice(0, Number(position)).split("\n").length})`;
    throw fault(`it is not valid JSON${line}`);
  }
}
