import { QuatrainError } from "../../../platform/errors/quatrain-error.ts";

/** A page to be coloured by a service outside of this program. */
export interface OutsideRequest {
  /** The page, a PNG file. */
  readonly page: Uint8Array;
  /** What shows the colours, a PNG file. */
  readonly reference: Uint8Array;
  readonly prompt: string;
  /** 0 to 2^32 - 1. */
  readonly seed: number;
  /** 0 to 1; see `appliesStrength`. */
  readonly strength: number;
  /** Ends the work, here and there. */
  readonly signal: AbortSignal;
  /** Told how much is done, 0 to 1, never less than before. */
  onProgress?(share: number): void;
}

/**
 * Colours whole pages somewhere else. What comes back may have another size and other lines: whoever asks resizes it,
 * takes its colours only and puts text back. Source: spec/colorization.md section 4.
 */
export interface OutsideEngine {
  /** For the runmeta. */
  readonly name: string;
  /** Whether it heeds `strength` itself. Where not, whoever asks scales the change. */
  readonly appliesStrength: boolean;
  /**
   * @returns a picture file (PNG, JPEG or WebP by its first bytes)
   * @throws QuatrainError `engine_unreachable`, `engine_timeout` (503), `engine_refused`, `engine_failed` (502),
   * `engine_moderated` (422); the signal's reason
   */
  colour(request: OutsideRequest): Promise<Uint8Array>;
  /** Whether it answers now, within a few seconds. */
  isReachable(): Promise<boolean>;
}

const STATUS = {
  engine_unreachable: 503,
  engine_timeout: 503,
  engine_refused: 502,
  engine_failed: 502,
  engine_moderated: 422,
} as const;

/** The work came to nothing. The message says of whom it speaks and what to do. */
export function engineError(code: keyof typeof STATUS, message: string, cause?: unknown): QuatrainError {
  return new QuatrainError(message, { code, status: STATUS[code], cause });
}
