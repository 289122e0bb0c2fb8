import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";

/** A server of the API's protocol, whose answers a test gives. */
export interface FakeBfl {
  readonly url: string;
  /** Answers a submission; takes it if left out. */
  submit?: ((response: ServerResponse) => void) | undefined;
  /** What it answers to the questions, one after another; the last for ever; that it is ready if there is none. */
  answers: object[];
  view?: ((response: ServerResponse) => void) | undefined;
  readonly submitted: Record<string, unknown>[];
  readonly keys: (string | string[] | undefined)[];
  readonly paths: string[];
  close(): void;
}

/** @param picture what it hands out as coloured */
export async function startFakeBfl(picture: Uint8Array): Promise<FakeBfl> {
  const reply = (response: ServerResponse, value: unknown) => void response.end(JSON.stringify(value));
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const path = request.url ?? "";
    fake.paths.push(`${request.method} ${path.split("?")[0]}`);
    fake.keys.push(request.headers["x-key"]);
    if (request.method === "POST") {
      fake.submitted.push((await json(request)) as Record<string, unknown>);
      if (fake.submit !== undefined) fake.submit(response);
      else reply(response, { id: "1", polling_url: `${fake.url}/v1/get_result?id=1`, cost: 3 });
    } else if (path.startsWith("/delivery")) {
      if (fake.view === undefined) response.end(picture);
      else fake.view(response);
    } else {
      const ready = { status: "Ready", result: { sample: `${fake.url}/delivery/1.png` } };
      reply(response, (fake.answers.length > 1 ? fake.answers.shift() : fake.answers[0]) ?? ready);
    }
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const fake: FakeBfl = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answers: [],
    submitted: [],
    keys: [],
    paths: [],
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
  return fake;
}
