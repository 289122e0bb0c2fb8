import { ClientError } from "../client/index.ts";
import { QuatrainError } from "../platform/errors/quatrain-error.ts";

/** Prints a result: as JSON where that was asked for, else as the lines that `human` makes of it. */
export function printResult<Result>(
  result: Result,
  json: boolean | undefined,
  human: (result: Result) => string,
): void {
  process.stdout.write(json ? `${JSON.stringify(result, null, 2)}\n` : `${human(result)}\n`);
}

/** Rows as aligned columns under a head. */
export function table(head: readonly string[], rows: readonly (readonly unknown[])[]): string {
  const cells = [head, ...rows].map((row) => row.map((cell) => String(cell ?? "-")));
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  return cells
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** A note for the person at the terminal; never in the way of a script's standard output. */
export function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

/**
 * Says what went wrong and yields the exit code: 1 for what the user can mend, 70 for a fault of ours.
 * A user's mistake never shows a stack trace.
 */
export function reportFailure(error: unknown): number {
  if (error instanceof QuatrainError || error instanceof ClientError) {
    note(
      `quatrain: ${error.message}${"requestId" in error && error.requestId ? ` (request ${error.requestId})` : ""}`,
    );
    return 1;
  }
  note(
    `quatrain: a fault of ours, please report it:\n${error instanceof Error ? error.stack : String(error)}`,
  );
  return 70;
}
