import type { MultipartFile } from "@fastify/multipart";
import type { FastifyRequest } from "fastify";
import type { BodyContract, FileField } from "../../contracts/route.ts";
import { InvalidInput } from "../errors/invalid-input.ts";
import { userError } from "../errors/quatrain-error.ts";
import { parseJson } from "./lenient-json.ts";
import type { UploadedFile, UploadSpool } from "./uploads.ts";

/** A body taken apart but not yet checked against its schema. */
export interface RawBody {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly files: Readonly<Record<string, readonly UploadedFile[]>>;
}

/** Whatever was received so far, so that it can be discarded when reading fails half-way. */
export type Received = UploadedFile[];

/**
 * Reads the body that a route expects.
 * Forms may be multipart or, without files, urlencoded; a field given several times becomes a list.
 * @throws InvalidInput (422) for missing or surplus files; QuatrainError 400 or 413 otherwise
 */
export async function readBody(
  request: FastifyRequest,
  contract: BodyContract,
  spool: UploadSpool,
  received: Received,
): Promise<RawBody> {
  if (contract.kind === "none") return { fields: {}, files: {} };
  if (contract.kind === "json") return { fields: readJsonObject(request), files: {} };
  const files = contract.files ?? {};
  const raw = request.isMultipart()
    ? await readMultipart(request, files, spool, received)
    : { fields: readUrlencoded(request), files: {} };
  requireFiles(files, raw.files);
  return raw;
}

function readJsonObject(request: FastifyRequest): Record<string, unknown> {
  if (request.isMultipart()) {
    throw userError(
      "invalid_json",
      400,
      "This endpoint takes a JSON body (Content-Type: application/json), not a form",
    );
  }
  const parsed = parseJson(bodyText(request));
  if (typeof parsed === "object" && parsed !== null && !Array.isArray(parsed)) return { ...parsed };
  throw userError("invalid_json", 400, "The body must be one JSON object");
}

function readUrlencoded(request: FastifyRequest): Record<string, unknown> {
  const fields = new Fields();
  for (const [name, value] of new URLSearchParams(bodyText(request))) fields.add(name, value);
  return fields.record();
}

function bodyText(request: FastifyRequest): string {
  return Buffer.isBuffer(request.body) ? request.body.toString("utf8") : "";
}

async function readMultipart(
  request: FastifyRequest,
  contract: Readonly<Record<string, FileField>>,
  spool: UploadSpool,
  received: Received,
): Promise<RawBody> {
  const names = aliases(contract);
  const fields = new Fields();
  const files: Record<string, UploadedFile[]> = {};
  for await (const part of request.parts()) {
    const name = names.get(part.fieldname);
    if (part.type === "field") {
      fields.add(part.fieldname, typeof part.value === "string" ? part.value : JSON.stringify(part.value));
    } else if (name === undefined) {
      await readFileAsField(part, fields);
    } else {
      const file = await spool.receive(part);
      received.push(file);
      files[name] = [...(files[name] ?? []), file];
    }
  }
  return { fields: fields.record(), files };
}

/** Some clients send a text field with a file name or as application/json; a file that no field names is skipped. */
async function readFileAsField(part: MultipartFile, fields: Fields): Promise<void> {
  if (/^(text\/plain|application\/json)\b/.test(part.mimetype)) {
    fields.add(part.fieldname, (await part.toBuffer()).toString("utf8"));
  } else {
    part.file.resume();
  }
}

function aliases(contract: Readonly<Record<string, FileField>>): Map<string, string> {
  return new Map(
    Object.entries(contract).flatMap(([name, field]) =>
      [name, ...(field.also ?? [])].map((alias) => [alias, name] as const),
    ),
  );
}

function requireFiles(
  contract: Readonly<Record<string, FileField>>,
  files: Readonly<Record<string, readonly UploadedFile[]>>,
): void {
  const faults = Object.entries(contract).flatMap(([name, field]) => {
    const count = files[name]?.length ?? 0;
    if (count < field.min) return [{ loc: ["body", name], msg: "Field required", type: "missing" }];
    if (count > field.max)
      return [{ loc: ["body", name], msg: `At most ${field.max} files`, type: "value_error" }];
    return [];
  });
  if (faults.length > 0) throw new InvalidInput(faults);
}

/** Form fields: the last of a repeated name wins in a text field, all of them count in a list field. */
class Fields {
  readonly #values = new Map<string, string[]>();

  add(name: string, value: string): void {
    this.#values.set(name, [...(this.#values.get(name) ?? []), value]);
  }

  record(): Record<string, unknown> {
    return Object.fromEntries(
      [...this.#values].map(([name, values]) => [name, values.length === 1 ? values[0] : values]),
    );
  }
}
