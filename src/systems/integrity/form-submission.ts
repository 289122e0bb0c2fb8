import { userError } from "../../platform/errors/quatrain-error.ts";
import type { SentSubmission } from "./submission.ts";

/** The text fields of the form that carries a file. */
export interface FormFields {
  readonly metadata?: string;
  readonly evidencias?: string;
  readonly rol?: string;
  readonly tipo_producto?: string;
  readonly titulo?: string;
  readonly autor?: string;
}

/** Metadata and evidence of a form, unchecked: as JSON, or field by field; a field wins. @throws `invalid_request` (400) */
export function readFormSubmission(fields: FormFields): Omit<SentSubmission, "texto"> {
  const { metadata, evidencias, ...single } = fields;
  const parsed = parse("metadata", metadata) ?? {};
  if (typeof parsed !== "object" || Array.isArray(parsed)) throw notAnObject("metadata");
  const given = Object.fromEntries(Object.entries(single).filter(([, value]) => value !== undefined));
  return { metadata: { ...parsed, ...given }, evidencias: parse("evidencias", evidencias) };
}

function parse(name: string, text: string | undefined): unknown {
  if (text === undefined || text.trim() === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw notAnObject(name);
  }
}

function notAnObject(name: string) {
  return userError("invalid_request", 400, `${name} must be a JSON object`);
}
