import { countCodePoints } from "../../algorithms/text/code-points.ts";
import {
  EVIDENCES,
  type Evidence,
  PRODUCTS,
  type Product,
  ROLES,
  type Role,
} from "../../contracts/integrity/index.ts";
import { userError } from "../../platform/errors/quatrain-error.ts";
import { ANONYMOUS_AUTHOR, UNTITLED } from "./case-record.ts";
import type { EvidenceStrengths } from "./scoring/score-evidence.ts";
import { isStorable, MIN_TEXT_LENGTH, storableText } from "./storable-text.ts";

/** What a client sent, unchecked: any JSON may stand in any field. */
export interface SentSubmission {
  readonly texto?: unknown;
  readonly metadata?: unknown;
  readonly evidencias?: unknown;
}

/** A submission that can be analysed. */
export interface Submission {
  /** Untrimmed: the places of findings refer to it. NUL and broken Unicode are replaced, one character for one. */
  readonly text: string;
  /** Code points. */
  readonly textLength: number;
  readonly title: string | null;
  readonly author: string | null;
  readonly role: Role;
  readonly product: Product;
  readonly evidence: EvidenceStrengths;
  /** What was taken otherwise than it was sent. */
  readonly warnings: readonly string[];
}

export interface SubmissionRules {
  /** Code points. */
  readonly maxTextLength: number;
  /** What would be a warning is refused. */
  readonly strict: boolean;
  /** The title where none was sent. */
  readonly defaultTitle?: string;
}

const MAX_NAME_LENGTH = 1_000;
const DEFAULT_ROLE: Role = "Estudiante";
const DEFAULT_PRODUCT: Product = "Ensayo";

/**
 * Checks a submission in the contract's order: body, text, evidence.
 * Source: spec/integrity.md section 1, "POST /api/analyze".
 * @throws QuatrainError `invalid_request`, `invalid_text` (400; a text that is too long 413)
 */
export function readSubmission(sent: SentSubmission, rules: SubmissionRules): Submission {
  if (Object.keys(sent).length === 0) {
    throw invalid("The body must be a JSON object with texto, metadata and evidencias");
  }
  const warnings: string[] = [];
  const { text, textLength } = readText(sent.texto, rules.maxTextLength, warnings);
  const evidence = readEvidence(sent.evidencias, warnings);
  const metadata = readObject(sent.metadata, "metadata");
  const submission = {
    text,
    textLength,
    title: readName(metadata, "titulo", rules.defaultTitle ?? UNTITLED),
    author: readName(metadata, "autor", ANONYMOUS_AUTHOR),
    role: readWord(metadata, "rol", ROLES, DEFAULT_ROLE, warnings),
    product: readWord(metadata, "tipo_producto", PRODUCTS, DEFAULT_PRODUCT, warnings),
    evidence,
    warnings,
  };
  if (rules.strict && warnings.length > 0) throw invalid(warnings.join("; "));
  return submission;
}

function readText(sent: unknown, maxLength: number, warnings: string[]) {
  if (typeof sent !== "string") throw tooShort();
  const text = withoutBrokenCharacters(sent, warnings);
  const textLength = countCodePoints(text);
  if (countCodePoints(text.trim()) < MIN_TEXT_LENGTH) throw tooShort();
  if (textLength > maxLength) {
    throw userError(
      "invalid_text",
      413,
      `Text must be at most ${maxLength} characters; this one has ${textLength}: send it in parts`,
    );
  }
  return { text, textLength };
}

/** NUL and halves of pairs cannot be stored; they come from careless extraction and say nothing. */
function withoutBrokenCharacters(sent: string, warnings: string[]): string {
  if (isStorable(sent)) return sent;
  warnings.push("texto: characters that cannot be stored (NUL, broken Unicode) were replaced by U+FFFD");
  return storableText(sent);
}

function readEvidence(sent: unknown, warnings: string[]): EvidenceStrengths {
  const given = readObject(sent, "evidencias");
  const evidence = Object.fromEntries(EVIDENCES.map((name) => [name, 0])) as Record<Evidence, number>;
  for (const [name, value] of Object.entries(given)) {
    const known = EVIDENCES.find((evidenceName) => evidenceName === name);
    if (known === undefined) warnings.push(`evidencias.${shown(name)}: unknown, ignored`);
    else evidence[known] = readFlag(known, value);
  }
  return evidence;
}

function readFlag(name: Evidence, value: unknown): 0 | 1 {
  if (value === 1 || value === true) return 1;
  if (value === 0 || value === false) return 0;
  throw invalid(`evidencias.${name} must be 0 or 1`);
}

function readObject(sent: unknown, name: string): Readonly<Record<string, unknown>> {
  if (sent === undefined || sent === null) return {};
  if (typeof sent !== "object" || Array.isArray(sent)) throw invalid(`${name} must be a JSON object`);
  return sent as Record<string, unknown>;
}

/** Existing clients send free text here: it becomes the default, and the answer says so. */
function readWord<Word extends string>(
  metadata: Readonly<Record<string, unknown>>,
  field: string,
  words: readonly Word[],
  fallback: Word,
  warnings: string[],
): Word {
  const given = metadata[field];
  const word = words.find((known) => known === given);
  if (word !== undefined) return word;
  const fault = given === undefined || given === null ? "missing" : `${shown(given)} is not in the list`;
  warnings.push(`metadata.${field}: ${fault}; taken as ${fallback} (known: ${words.join(", ")})`);
  return fallback;
}

/** An explicit null stays null. */
function readName(
  metadata: Readonly<Record<string, unknown>>,
  field: string,
  fallback: string,
): string | null {
  const given = metadata[field];
  if (given === undefined) return fallback;
  if (given === null) return null;
  if (typeof given !== "string") throw invalid(`metadata.${field} must be a text or null`);
  if (given.length > MAX_NAME_LENGTH) {
    throw invalid(`metadata.${field} must be at most ${MAX_NAME_LENGTH} characters`);
  }
  return storableText(given);
}

function shown(value: unknown): string {
  return (typeof value === "string" ? value : JSON.stringify(value)).slice(0, 60).toWellFormed();
}

function invalid(message: string) {
  return userError("invalid_request", 400, message);
}

function tooShort() {
  return userError("invalid_text", 400, `Text must be at least ${MIN_TEXT_LENGTH} characters`);
}
