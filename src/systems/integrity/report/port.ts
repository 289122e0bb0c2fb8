import type { ReportInput } from "./report-input.ts";

/** Draws reports, off the event loop. */
export interface ReportRenderer {
  /** @throws QuatrainError of the engine's pool; the signal's reason */
  render(
    input: ReportInput,
    format: "html" | "pdf",
    signal?: AbortSignal,
  ): Promise<{ contentType: string; bytes: Buffer }>;
}
