import { describe, expect, it } from "vitest";
import { eventsOf } from "./event-stream.ts";

async function eventsIn(pieces: readonly Uint8Array[]) {
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
  const events = [];
  for await (const event of eventsOf(stream)) events.push(event);
  return events;
}

const bytesOf = (text: string) => new TextEncoder().encode(text);

describe("eventsOf", () => {
  it("yields events in their order, however the bytes were cut", async () => {
    const bytes = bytesOf('event: log\ndata: {"message":"손실"}\n\n: \n\nevent: status\ndata: {"a":1}\n\n');
    const expected = [
      { type: "log", data: { message: "손실" } },
      { type: "status", data: { a: 1 } },
    ];
    for (let size = 1; size <= bytes.length; size++) {
      const pieces: Uint8Array[] = [];
      for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.slice(at, at + size));
      expect(await eventsIn(pieces)).toEqual(expected);
    }
  });

  it("drops a last event that was cut off", async () => {
    expect(await eventsIn([bytesOf('event: log\ndata: {"a":1}\n\nevent: log\ndata: {"a"')])).toEqual([
      { type: "log", data: { a: 1 } },
    ]);
  });
});
