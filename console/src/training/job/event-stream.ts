/** One server-sent event. */
export interface ServerEvent {
  readonly type: string;
  readonly data: unknown;
}

interface ByteStream {
  getReader(): {
    read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
    cancel(): Promise<void>;
  };
}

/**
 * Events as they arrive, comments left out. A last one that was cut off is dropped.
 *
 * @param stream `text/event-stream` whose data is JSON
 * @throws SyntaxError for data that is not JSON; what reading the stream throws
 */
export async function* eventsOf(stream: ByteStream): AsyncGenerator<ServerEvent> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const blocks = (rest + decoder.decode(value, { stream: true })).split("\n\n");
      rest = blocks.pop() ?? "";
      for (const block of blocks) {
        const event = eventOf(block);
        if (event !== null) yield event;
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined); // a stream that broke is over already
  }
}

function eventOf(block: string): ServerEvent | null {
  let type = "message";
  const data: string[] = [];
  for (const line of block.split("\n")) {
    if (line.startsWith("event:")) type = line.slice(6).trim();
    if (line.startsWith("data:")) data.push(line.slice(5));
  }
  return data.length === 0 ? null : { type, data: JSON.parse(data.join("\n")) };
}
