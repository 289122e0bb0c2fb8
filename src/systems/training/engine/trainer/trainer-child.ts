import { endWithParent } from "./end-with-parent.ts";

/**
 * Entry of a trainer: a process of its own, which trains in its main thread. It knows the server by its channel only,
 * and ends when that closes, or with the server.
 */
endWithParent(Number(process.argv[2])); // before all else: the rest takes a while to load
const { trainAsTold } = await import("./train-as-told.ts");
await trainAsTold();
