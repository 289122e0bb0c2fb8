import type { IncomingHttpHeaders } from "node:http";
import type { QuatrainError } from "../errors/quatrain-error.ts";
import type { BoundRoute, CorsRules } from "./bound-route.ts";
import type { BoundSocket } from "./sockets.ts";

/** What an error presenter may look at besides the error. */
export interface ErrorSituation {
  readonly requestId: string;
  readonly headers: IncomingHttpHeaders;
  /** Decoded, without the query. */
  readonly path: string;
  /** Fields as far as they were read, unchecked. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** An error in a contract's own body. */
export type PresentError = (error: QuatrainError, situation: ErrorSituation) => unknown;

/** Whether a system can do its main job; the reason when it cannot. */
export interface Readiness {
  readonly ready: boolean;
  readonly reason?: string;
}

/** One system as a listener sees it: an encapsulated room with its own door. */
export interface MountedSystem extends CorsRules {
  readonly name: string;
  readonly routes: readonly BoundRoute[];
  /** Prefixes under which this system answers 404 for paths that nobody owns, for example `/v1/`. */
  readonly notFoundPrefixes: readonly string[];
  readonly presentError: PresentError;
  /** The status of an error where the contract has another one than ours. */
  readonly statusOf?: (error: QuatrainError) => number;
  /** Whether the contract's shared key (`X-API-Key`) opens it. */
  readonly takesSharedKey: boolean;
  /** Whether nobody gets in without a credential, also where none is configured. */
  readonly needsCredential?: boolean;
  /** Whether reading needs no credential, also where one is configured. */
  readonly openReads?: boolean;
  /** Whether its background jobs are for administrators only under /_/api/jobs: they are somebody's here, not there. */
  readonly hidesJobs?: boolean;
  /** WebSockets that it serves. */
  readonly sockets?: readonly BoundSocket[];
  ready(): Promise<Readiness>;
}
