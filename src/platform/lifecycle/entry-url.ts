/**
 * The URL of a worker's or child's entry file beside the caller: `entryUrl("./session-worker", import.meta.url)`.
 * Node runs our TypeScript as it is but refuses `.ts` under node_modules, where the published package holds
 * compiled `.js`: the entry has the ending that the caller itself has.
 *
 * @param path relative to the caller, without an ending
 * @param caller the caller's `import.meta.url`
 */
export function entryUrl(path: string, caller: string): URL {
  const ending = new URL(caller).pathname.endsWith(".ts") ? ".ts" : ".js";
  return new URL(`${path}${ending}`, caller);
}
