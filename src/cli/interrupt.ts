/** What Ctrl-C left of some work. */
export type Outcome<Result> =
  | { readonly interrupted: false; readonly result: Result }
  | { readonly interrupted: true };

/** As shells say it: 128 and the number of SIGINT. */
export const EXIT_INTERRUPTED = 130;

/**
 * Does something until it is done or the person presses Ctrl-C, which gives the signal. Another Ctrl-C while it winds
 * up ends the process at once.
 */
export async function untilInterrupted<Result>(
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Outcome<Result>> {
  const interruption = new AbortController();
  const interrupt = () => {
    if (interruption.signal.aborted) process.exit(EXIT_INTERRUPTED);
    interruption.abort();
  };
  process.on("SIGINT", interrupt);
  try {
    return { interrupted: false, result: await work(interruption.signal) };
  } catch (error) {
    if (!interruption.signal.aborted) throw error;
    return { interrupted: true };
  } finally {
    process.off("SIGINT", interrupt);
  }
}
