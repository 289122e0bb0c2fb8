import type { ReadableStream } from "node:stream/web";
import type { AnswerOf, ClientInputOf, FileFieldsOf, RouteContract } from "../contracts/route.ts";
import { ClientError } from "./client-error.ts";

/** A file to send with a form. */
export interface FilePart {
  readonly filename: string;
  readonly content: Blob;
}

export interface ClientOptions {
  /** `http://host:port`, with a path where the server lies below one. */
  readonly baseUrl: string;
  /** API key or token, sent as `Authorization: Bearer`. */
  readonly credential?: string;
  /** Sent with every call: `Accept-Language`, `Idempotency-Key` and the like. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Ends every call, and every stream, that is still under way. */
  readonly signal?: AbortSignal;
  /** For tests. */
  readonly fetch?: typeof fetch;
}

type Files<Contract extends RouteContract> = Readonly<
  Partial<Record<FileFieldsOf<Contract>, readonly FilePart[]>>
>;

/** A typed client over `fetch`: its methods are the contracts themselves, so it can never say something else. */
export class QuatrainClient {
  readonly #options: ClientOptions;

  constructor(options: ClientOptions) {
    this.#options = options;
  }

  get baseUrl(): string {
    return this.#options.baseUrl;
  }

  /** The same server with more headers on every call. */
  withHeaders(headers: Readonly<Record<string, string>>): QuatrainClient {
    return new QuatrainClient({ ...this.#options, headers: { ...this.#options.headers, ...headers } });
  }

  /** The same server, until the signal is given: calls under way then fail with its reason. */
  withSignal(signal: AbortSignal): QuatrainClient {
    return new QuatrainClient({ ...this.#options, signal });
  }

  /**
   * One call of one endpoint; yields its JSON answer.
   * @throws ClientError for an error answer and for one that is not JSON; TypeError when the server cannot be reached
   */
  async call<Contract extends RouteContract>(
    contract: Contract,
    input: ClientInputOf<Contract>,
    files: Files<Contract> = {} as Files<Contract>,
  ): Promise<AnswerOf<Contract>> {
    const response = await this.#send(contract, input as Record<string, unknown>, files);
    return (await readJson(response)) as AnswerOf<Contract>;
  }

  /** The same for endpoints that answer with bytes. */
  async bytes<Contract extends RouteContract>(
    contract: Contract,
    input: ClientInputOf<Contract>,
  ): Promise<Uint8Array> {
    const response = await this.#send(contract, input as Record<string, unknown>, {});
    return new Uint8Array(await response.arrayBuffer());
  }

  /** The same as they come: for files that are large, and for events. The caller reads to the end, or cancels. */
  async stream<Contract extends RouteContract>(
    contract: Contract,
    input: ClientInputOf<Contract>,
  ): Promise<ReadableStream<Uint8Array>> {
    const response = await this.#send(contract, input as Record<string, unknown>, {});
    return (response.body ?? new Blob([]).stream()) as ReadableStream<Uint8Array>;
  }

  async #send(
    contract: RouteContract,
    input: Readonly<Record<string, unknown>>,
    files: Readonly<Partial<Record<string, readonly FilePart[]>>>,
  ): Promise<Response> {
    const { baseUrl, credential, headers, signal, fetch: send = fetch } = this.#options;
    const url = new URL(baseUrl.replace(/\/+$/, "") + pathOf(contract, input));
    for (const name of Object.keys(contract.query?.shape ?? {})) {
      const value = input[name];
      if (value !== undefined && value !== null) url.searchParams.set(name, String(value));
    }
    const { body, contentType } = bodyOf(contract, input, files);
    const response = await send(url, {
      method: contract.method,
      body,
      signal,
      headers: {
        ...headers,
        ...(contentType === null ? {} : { "content-type": contentType }),
        ...(credential === undefined ? {} : { authorization: `Bearer ${credential}` }),
      },
    });
    if (!response.ok) throw await ClientError.of(response);
    return response;
  }
}

function pathOf(contract: RouteContract, input: Readonly<Record<string, unknown>>): string {
  return contract.path.replace(/([:*])([A-Za-z_]+)/g, (_match, kind: string, name: string) => {
    const value = String(input[name]);
    return kind === ":" ? encodeURIComponent(value) : value.split("/").map(encodeURIComponent).join("/");
  });
}

/** The input without what stands in the path or the query. */
function bodyFields(contract: RouteContract, input: Readonly<Record<string, unknown>>) {
  const elsewhere = [contract.params, contract.query].flatMap((schema) => Object.keys(schema?.shape ?? {}));
  return Object.fromEntries(Object.entries(input).filter(([name]) => !elsewhere.includes(name)));
}

/** JSON has no NaN and no infinities; the contracts take them as text. */
function nonFinite(_name: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    const requestId = response.headers.get("x-request-id");
    throw new ClientError(
      "The answer is not JSON: is this the right address?",
      response.status,
      null,
      requestId,
    );
  }
}

function bodyOf(
  contract: RouteContract,
  input: Readonly<Record<string, unknown>>,
  files: Readonly<Partial<Record<string, readonly FilePart[]>>>,
): { body: string | FormData | Blob | undefined; contentType: string | null } {
  if (contract.body.kind === "none") return { body: undefined, contentType: null };
  if (contract.body.kind === "json") {
    return { body: JSON.stringify(bodyFields(contract, input), nonFinite), contentType: "application/json" };
  }
  if (contract.body.kind === "bytes") {
    const [file] = files.body ?? [];
    return { body: file?.content, contentType: "application/octet-stream" };
  }
  const form = new FormData();
  for (const name of Object.keys(contract.body.fields.shape)) {
    for (const value of [input[name]].flat()) {
      if (value !== undefined && value !== null) form.append(name, String(value));
    }
  }
  for (const [name, parts] of Object.entries(files)) {
    for (const part of parts ?? []) form.append(name, part.content, part.filename);
  }
  return { body: form, contentType: null }; // fetch adds the boundary
}
