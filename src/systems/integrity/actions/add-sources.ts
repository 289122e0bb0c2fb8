import { countCodePoints } from "../../../algorithms/text/code-points.ts";
import { LIMITS, SOURCE_TYPES } from "../../../contracts/integrity/index.ts";
import { userError } from "../../../platform/errors/quatrain-error.ts";
import type { Ids } from "../../../platform/ports.ts";
import { authorKey } from "../author-key.ts";
import type { CaseClock } from "../case-clock.ts";
import type { TextEngine } from "../engine/port.ts";
import { MIN_TEXT_LENGTH, storableText } from "../storable-text.ts";
import type { DocumentReader } from "../store/document-reader.ts";
import type { NewSource, SourceRecord, SourceStore } from "../store/source-store.ts";

export interface AddSourcesDeps {
  readonly engine: Pick<TextEngine, "fingerprint">;
  readonly documents: DocumentReader;
  readonly sources: SourceStore;
  readonly caseClock: CaseClock;
  readonly ids: Ids;
  readonly settings: { readonly keepText: boolean; readonly maxTextLength: number };
}

/** A text that others will be compared with. */
export interface SourceText {
  readonly text: string;
  readonly textLength: number;
  readonly title: string | null;
  readonly author: string | null;
  readonly url: string | null;
  readonly kind: "source" | "template";
}

const MOST_NAME_CHARACTERS = 2_000;
/** So many are written in one transaction: others get their turn between. */
const PER_TRANSACTION = 50;

/**
 * Adds texts to compare with. Pieces of fifty are stored whole or not at all.
 * @returns the sources, in the order of the texts
 */
export async function addSources(
  deps: AddSourcesDeps,
  texts: readonly SourceText[],
  actor: string,
  signal?: AbortSignal,
): Promise<SourceRecord[]> {
  const added: SourceRecord[] = [];
  for (let at = 0; at < texts.length; at += PER_TRANSACTION) {
    const prepared: NewSource[] = [];
    for (const text of texts.slice(at, at + PER_TRANSACTION))
      prepared.push(await prepare(deps, text, signal));
    await deps.sources.addSources(prepared, actor);
    added.push(...prepared.map(({ record }) => record));
  }
  return added;
}

async function prepare(deps: AddSourcesDeps, source: SourceText, signal?: AbortSignal): Promise<NewSource> {
  const { engine, documents, ids, caseClock, settings } = deps;
  const { words, fingerprints, keys } = await engine.fingerprint(source.text, signal);
  const known = await documents.commonAmong([...keys]);
  const telling = [...keys].filter((key) => !known.has(key));
  const newlyCommon = await documents.frequentAmong(telling);
  const id = `source_${ids.hex(6)}`;
  return {
    common: new Set([...known, ...newlyCommon]),
    newlyCommon,
    record: {
      id,
      kind: source.kind,
      title: source.title,
      author: source.author,
      url: source.url,
      textLength: source.textLength,
      createdAt: caseClock.next(),
    },
    document: {
      kind: source.kind,
      ownerId: id,
      authorKey: authorKey(source.author),
      words,
      fingerprints,
      keys,
      text: settings.keepText ? source.text : null,
    },
  };
}

/** One source or several, as they were sent. @throws QuatrainError `invalid_request`, `invalid_text` (400, 413) */
export function readSources(sent: Readonly<Record<string, unknown>>, maxTextLength: number): SourceText[] {
  if (sent.fuentes === undefined) return [readSource(sent, "", maxTextLength)];
  const { fuentes } = sent;
  if (!Array.isArray(fuentes) || fuentes.length === 0 || fuentes.length > LIMITS.sources) {
    throw userError("invalid_request", 400, `fuentes must be a list of 1 to ${LIMITS.sources} sources`);
  }
  return fuentes.map((one: unknown, index) => {
    const isObject = typeof one === "object" && one !== null;
    return readSource(isObject ? (one as Record<string, unknown>) : {}, `fuentes[${index}].`, maxTextLength);
  });
}

function readSource(sent: Readonly<Record<string, unknown>>, at: string, maxTextLength: number): SourceText {
  return { ...checkText(sent.texto, `${at}texto`, maxTextLength), ...readNames(sent, at) };
}

/** What a source is called and what it is for. @throws QuatrainError `invalid_request` (400) */
export function readNames(
  sent: Readonly<Record<string, unknown>>,
  at = "",
): Omit<SourceText, "text" | "textLength"> {
  return {
    title: readName(sent.titulo, `${at}titulo`),
    author: readName(sent.autor, `${at}autor`),
    url: readName(sent.url, `${at}url`),
    kind: readKind(sent.tipo, `${at}tipo`),
  };
}

/** @throws QuatrainError `invalid_text` (400; 413 when it is too long) */
export function checkText(
  sent: unknown,
  name: string,
  maxTextLength: number,
): Pick<SourceText, "text" | "textLength"> {
  const text = typeof sent === "string" ? storableText(sent) : "";
  const textLength = countCodePoints(text);
  if (countCodePoints(text.trim()) < MIN_TEXT_LENGTH) {
    throw userError("invalid_text", 400, `${name} must be a text of at least ${MIN_TEXT_LENGTH} characters`);
  }
  if (textLength > maxTextLength) {
    throw userError("invalid_text", 413, `${name} must be at most ${maxTextLength} characters`);
  }
  return { text, textLength };
}

function readName(sent: unknown, name: string): string | null {
  if (sent === undefined || sent === null) return null;
  if (typeof sent !== "string" || sent.length > MOST_NAME_CHARACTERS) {
    throw userError(
      "invalid_request",
      400,
      `${name} must be a text of at most ${MOST_NAME_CHARACTERS} characters`,
    );
  }
  return storableText(sent);
}

function readKind(sent: unknown, name: string): SourceText["kind"] {
  if (sent === undefined || sent === null || sent === "fuente") return "source";
  if (sent === "plantilla") return "template";
  throw userError("invalid_request", 400, `${name} must be one of: ${SOURCE_TYPES.join(", ")}`);
}
