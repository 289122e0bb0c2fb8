import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import { openOpinionSource } from "./opinion.ts";

/** An OpenAI-compatible server on this machine. */
async function open(answer: (response: ServerResponse) => void) {
  const asked: { url?: string; authorization?: string; body: unknown }[] = [];
  const server = createServer(async (request, response) => {
    asked.push({ url: request.url, authorization: request.headers.authorization, body: await json(request) });
    answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/`;
  return { asked, source: openOpinionSource({ url, model: "m", key: "k" }) };
}

const { signal } = new AbortController();

test("sends the beginning of the text, not all of it, and yields what was said", async () => {
  const { source, asked } = await open((response) =>
    response.end(
      JSON.stringify({ choices: [{ message: { content: "  Conviene mirar la tabla 2.\u0000 " } }] }),
    ),
  );
  expect(await source.ask("x".repeat(50_000), signal)).toBe("Conviene mirar la tabla 2.");
  expect(asked).toMatchObject([
    { url: "/v1/chat/completions", authorization: "Bearer k", body: { model: "m" } },
  ]);
  expect(JSON.stringify(asked[0]!.body).length).toBeLessThan(14_000);
});

test.each<[string, (response: ServerResponse) => void]>([
  ["an error", (response) => response.writeHead(500).end("{}")],
  ["no JSON", (response) => response.end("<html>")],
  ["no text", (response) => response.end('{"choices":[]}')],
  ["another place", (response) => response.writeHead(302, { location: "http://127.0.0.1:1/" }).end()],
  ["a flood", (response) => response.end("x".repeat(3 * 2 ** 20))],
  ["nothing", (response) => response.destroy()],
])("%s is no remark, and says so", async (_what, answer) => {
  const { source } = await open(answer);
  await expect(source.ask("texto", signal)).rejects.toMatchObject({
    code: "opinion_unavailable",
    status: 503,
  });
});

test("ends when nobody waits any more", async () => {
  const stop = new AbortController();
  const { source } = await open(() => stop.abort(new Error("stopped")));
  await expect(source.ask("texto", stop.signal)).rejects.toThrow("stopped");
});
