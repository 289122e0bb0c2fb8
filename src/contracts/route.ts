import type { z } from "zod";

/** What a caller needs: nothing, or a credential that may read, write or administer. */
export type Access = "none" | "read" | "write" | "admin";

/** How many files a form field takes. `also` lists older names of the same field. */
export interface FileField {
  readonly min: number;
  readonly max: number;
  readonly description: string;
  readonly also?: readonly string[];
}

export type BodyContract =
  | { readonly kind: "none" }
  | {
      readonly kind: "json";
      readonly schema: z.ZodType;
      /** Larger bodies are refused unread (413); 1 MiB when absent. */
      readonly maxBytes?: number;
      /** An absent body is no JSON (400 `invalid_json`), rather than one that lacks every field. */
      readonly required?: true;
    }
  | {
      readonly kind: "form";
      readonly fields: z.ZodObject;
      readonly files?: Readonly<Record<string, FileField>>;
      /** Files may be as large as a whole request, archives say: the handler bounds what it takes out of them. */
      readonly largeFiles?: true;
      /** The same fields are taken as a JSON object too, up to so many bytes. */
      readonly json?: { readonly maxBytes: number };
    }
  | {
      /** A file as it is, whatever its content type: the handler gets it as `files.body`. */
      readonly kind: "bytes";
      readonly description: string;
    };

export interface ResponseContract {
  readonly description: string;
  /** Absent: bytes of `contentType`. */
  readonly schema?: z.ZodType;
  readonly contentType?: string;
}

/** One endpoint: the single truth for its types, its OpenAPI entry, the typed client and the contract tests. */
export interface RouteContract {
  /** `operationId`, lower camel case, unique over all contracts. */
  readonly id: string;
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** `/a/:b`; a last part `/*c` takes the rest of the path, slashes included. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly access: Access;
  /** Optional request headers that the endpoint heeds, with what they mean. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body: BodyContract;
  readonly responses: Readonly<Record<number, ResponseContract>>;
  /** True for additions of ours inside somebody's contract. */
  readonly extra?: true;
}

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : Record<never, never>;
type Given<Schema> = Schema extends z.ZodType ? z.input<Schema> : Record<never, never>;

type BodySchema<Body> = Body extends { kind: "json"; schema: infer Schema }
  ? Schema
  : Body extends { kind: "form"; fields: infer Fields }
    ? Fields
    : undefined;

/** What a handler is given: path, query and body fields together, parsed. */
export type InputOf<Contract extends RouteContract> = Parsed<Contract["params"]> &
  Parsed<Contract["query"]> &
  Parsed<BodySchema<Contract["body"]>>;

/** What a client sends: the same fields before parsing. */
export type ClientInputOf<Contract extends RouteContract> = Given<Contract["params"]> &
  Given<Contract["query"]> &
  Given<BodySchema<Contract["body"]>>;

export type FileFieldsOf<Contract extends RouteContract> = Contract["body"] extends { files: infer Files }
  ? keyof Files & string
  : Contract["body"] extends { kind: "bytes" }
    ? "body"
    : never;

/** The body of the 200 answer; of the 201 or 202 where there is no 200; `unknown` where that is bytes. */
export type AnswerOf<Contract extends RouteContract> = Contract["responses"] extends { 200: infer Answer }
  ? AnswerBody<Answer>
  : Contract["responses"] extends { 201: infer Answer }
    ? AnswerBody<Answer>
    : Contract["responses"] extends { 202: infer Answer }
      ? AnswerBody<Answer>
      : unknown;

type AnswerBody<Answer> = Answer extends { schema: infer Schema } ? Parsed<Schema> : unknown;

export function defineRoute<const Contract extends RouteContract>(contract: Contract): Contract {
  return contract;
}
