import type { ReadableStream } from "node:stream/web";

/** One event of a text/event-stream. */
export interface StreamEvent {
  /** `message` where it has no name. */
  readonly name: string;
  readonly data: string;
}

/** Nobody sends longer ones; without an end, memory would fill. */
const MAX_EVENT_CHARACTERS = 4 * 2 ** 20;

/**
 * The events of a stream, as they come; it is cancelled when its reader stops. Comments are dropped.
 * Source: the HTML standard, "Server-sent events", "Interpreting an event stream".
 * @throws TypeError when the connection breaks; RangeError for an event of more than 4 Mi characters
 */
export async function* readEvents(stream: ReadableStream<Uint8Array>): AsyncGenerator<StreamEvent> {
  let [name, data, characters] = ["", [] as string[], 0];
  for await (const line of linesOf(stream)) {
    if (line === "") {
      if (data.length > 0) yield { name: name || "message", data: data.join("\n") };
      [name, data, characters] = ["", [], 0];
      continue;
    }
    characters += line.length;
    if (characters > MAX_EVENT_CHARACTERS) throw tooLong();
    const [field, value] = fieldOf(line);
    if (field === "event") name = value;
    else if (field === "data") data.push(value);
  }
}

/** Lines that are whole: what the end cuts off is no line. Ends are LF, CR LF or CR. */
async function* linesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let open = "";
  for await (const chunk of stream) {
    open += decoder.decode(chunk, { stream: true });
    // a CR at the very end may be half of a CR LF
    const lines = open.split(/\r\n|\n|\r(?!$)/);
    open = lines.pop() ?? "";
    if (open.length > MAX_EVENT_CHARACTERS) throw tooLong();
    yield* lines;
  }
  if (open.endsWith("\r")) yield open.slice(0, -1);
}

/** A line that begins with a colon is a comment: a field without a name. */
function fieldOf(line: string): [field: string, value: string] {
  const colon = line.indexOf(":");
  if (colon < 0) return [line, ""];
  return [line.slice(0, colon), line.slice(colon + 1).replace(/^ /, "")];
}

function tooLong(): RangeError {
  return new RangeError(`an event has more than ${MAX_EVENT_CHARACTERS} characters`);
}
