import fc from "fast-check";
import { expect, test } from "vitest";
import { readEvents, type StreamEvent } from "./event-stream.ts";

function streamOf(chunks: readonly Uint8Array[]): ReadableStream<Uint8Array<ArrayBuffer>> {
  return ReadableStream.from(chunks.map((chunk) => new Uint8Array(chunk)));
}

async function read(text: string, cuts: readonly number[] = []): Promise<StreamEvent[]> {
  const bytes = new TextEncoder().encode(text);
  const places = [0, ...[...cuts].sort((a, b) => a - b), bytes.length];
  const chunks = places.slice(1).map((end, index) => bytes.subarray(places[index], end));
  return allOf(readEvents(streamOf(chunks)));
}

async function allOf(events: AsyncIterable<StreamEvent>): Promise<StreamEvent[]> {
  const all: StreamEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

test.each([
  ["event: step\ndata: 1\n\n", [{ name: "step", data: "1" }]],
  ["data:1\ndata: 2\n\n", [{ name: "message", data: "1\n2" }]],
  [": ping\n\nevent: nothing\n\nid: 3\ndata\n\n", [{ name: "message", data: "" }]],
  ["event:a\r\ndata:  b\r\n\r\n", [{ name: "a", data: " b" }]],
  ["event:a\rdata:b\r\r\n", [{ name: "a", data: "b" }]],
  ["data: cut off", []],
  ["data: without its empty line\n", []],
])("%j holds %j", async (text, events) => {
  expect(await read(text)).toEqual(events);
});

test("events are the same wherever the network cuts them, within a character too", async () => {
  const text = "event: é\r\ndata: 1€\r\n\r\n: comment\nevent: b\ndata: {}\ndata: x\n\ndata: ü\r\r";
  const whole = await read(text);
  expect(whole).toHaveLength(3);
  const bytes = new TextEncoder().encode(text).length;
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.integer({ min: 1, max: bytes - 1 })), async (cuts) => {
      expect(await read(text, cuts)).toEqual(whole);
    }),
  );
});

test("an event without an end is given up before it fills the memory", async () => {
  const endless = ReadableStream.from(
    (function* () {
      for (;;) yield new TextEncoder().encode("data: x".padEnd(2 ** 20, "x"));
    })(),
  );
  await expect(allOf(readEvents(endless))).rejects.toThrow(/more than/);
});

test("whoever stops reading ends the connection", async () => {
  let cancelled = false;
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull: (controller) => controller.enqueue(new TextEncoder().encode("data: 1\n\n")),
    cancel: () => {
      cancelled = true;
    },
  });
  for await (const _event of readEvents(stream)) break;
  expect(cancelled).toBe(true);
});
