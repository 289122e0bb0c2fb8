export { zipStream } from "../../../../platform/archives/zip-stream.ts";
