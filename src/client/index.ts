export { type ClientOptions, type FilePart, QuatrainClient } from "./client.ts";
export { ClientError } from "./client-error.ts";
