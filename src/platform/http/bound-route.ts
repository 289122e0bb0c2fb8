import type { IncomingHttpHeaders } from "node:http";
import type { Readable } from "node:stream";
import type { AnswerOf, FileFieldsOf, InputOf, RouteContract } from "../../contracts/route.ts";
import type { Principal } from "../auth/principal.ts";
import type { UploadedFile } from "./uploads.ts";

/** What a handler is given: everything checked, nothing of the HTTP library. */
export interface RouteRequest<Contract extends RouteContract = RouteContract> {
  readonly input: InputOf<Contract>;
  readonly files: Readonly<Record<FileFieldsOf<Contract>, readonly UploadedFile[]>>;
  readonly headers: IncomingHttpHeaders;
  readonly requestId: string;
  /** The client's address; the forwarded one behind a trusted proxy. */
  readonly remoteAddress: string;
  /** Whether it came straight from this machine, through no proxy. */
  readonly fromHere: boolean;
  readonly principal: Principal;
  /** Aborted when the client goes away before the answer, or when `stopping` is. */
  readonly signal: AbortSignal;
  /** Aborted when the server has to end: for work that is worth finishing without its client. */
  readonly stopping: AbortSignal;
}

/** An answer other than 200 with JSON. */
export class Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) {
    this.status = status;
    this.body = body;
    this.headers = headers;
  }

  /** 200 with bytes of a media type. */
  static bytes(
    contentType: string,
    bytes: Buffer | Readable,
    headers: Readonly<Record<string, string>> = {},
  ): Answer {
    return new Answer(200, bytes, { ...headers, "content-type": contentType });
  }
}

/** What browsers may do on pages of other sites. */
export interface CorsRules {
  /** Origins that browsers may call from; `*` for all; none when empty. */
  readonly corsOrigins: readonly string[];
  /** Header names that a browser may send and read. */
  readonly corsHeaders: { readonly allowed: readonly string[]; readonly exposed: readonly string[] };
}

/** A contract with its handler, ready to be mounted. */
export interface BoundRoute {
  readonly contract: RouteContract;
  /** Where it answers for several systems: rules that hold in place of those of the one that it is mounted in. */
  readonly cors?: CorsRules;
  handle(request: RouteRequest): Promise<unknown>;
}

/** Binds a handler to its contract: the types of input, files and answer follow from it. */
export function route<const Contract extends RouteContract>(
  contract: Contract,
  handle: (request: RouteRequest<NoInfer<Contract>>) => Promise<AnswerOf<NoInfer<Contract>> | Answer>,
): BoundRoute {
  return { contract, handle: (request) => handle(request as unknown as RouteRequest<Contract>) };
}
