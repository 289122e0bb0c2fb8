import { createServer, type IncomingHttpHeaders, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import type { ResolvedAddress } from "./checked-target.ts";
import { type FetcherOptions, type FetchRequest, openFetcher } from "./open-fetcher.ts";

const PNG = Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), Buffer.alloc(100, 7)]);
const HERE: ResolvedAddress = { address: "127.0.0.1", family: 4 };

/** A server on this machine; its port is all that tells. */
async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  );
  return (server.address() as AddressInfo).port;
}

/** Every name leads to this machine, which alone is allowed. */
function fetch(url: string, options: Partial<FetcherOptions> = {}, request: Partial<FetchRequest> = {}) {
  const fetcher = openFetcher({
    maxBytes: 10_000,
    timeoutMs: 20_000,
    resolve: async () => [HERE],
    isAllowed: (address) => address === HERE.address,
    ...options,
  });
  return fetcher.fetchPicture({ url, signal: new AbortController().signal, ...request });
}

const redirectTo = (location: string | undefined, status = 302): RequestListener => {
  return (_, response) => void response.writeHead(status, location === undefined ? {} : { location }).end();
};
const picture: RequestListener = (_, response) => void response.end(PNG);

describe("a picture's address", () => {
  it("is fetched by its name, over the address that was checked", async () => {
    let host: string | undefined;
    const port = await serve((request, response) => {
      host = request.headers.host;
      response.end(PNG);
    });
    const resolved: string[] = [];
    const resolve = async (name: string) => {
      resolved.push(name);
      return [HERE];
    };
    const fetched = await fetch(`http://comics.example:${port}/1.png?x=1#top`, { resolve });
    expect(fetched).toMatchObject({ format: "png", url: `http://comics.example:${port}/1.png?x=1#top` });
    expect(Buffer.from(fetched.bytes)).toEqual(PNG);
    expect(host).toBe(`comics.example:${port}`);
    expect(resolved).toEqual(["comics.example"]);
  });

  it.each([
    ["file:///etc/passwd", "http://"],
    ["ftp://comics.example/1.png", "http://"],
    ["data:image/png;base64,AAAA", "http://"],
    ["javascript:alert(1)", "http://"],
    ["http://user:password@comics.example/1.png", "password"],
    ["//comics.example/1.png", "no URL"],
    ["", "no URL"],
    [`http://comics.example/${"a".repeat(9000)}`, "longer"],
  ])("%s is refused", async (url, words) => {
    await expect(fetch(url)).rejects.toMatchObject({ code: "url_refused", status: 400 });
    await expect(fetch(url)).rejects.toThrow(words);
  });

  it.each([
    "http://127.0.0.1/1.png",
    "http://2130706433/1.png",
    "http://0x7f.1/1.png",
    "http://0177.0.0.1/1.png",
    "http://[::1]/1.png",
    "http://[::ffff:127.0.0.1]/1.png",
    "http://0.0.0.0/1.png",
    "http://169.254.169.254/latest/meta-data/",
    "http://10.1.2.3:8080/1.png",
    "https://192.168.0.1/1.png",
    "http://localhost:1/1.png",
  ])("%s is refused where nobody says which addresses are allowed", async (url) => {
    const fetching = openFetcher({ maxBytes: 100, timeoutMs: 20_000 }).fetchPicture({
      url,
      signal: new AbortController().signal,
    });
    await expect(fetching).rejects.toMatchObject({ code: "url_refused" });
    await expect(fetching).rejects.toThrow("private network");
  });

  it("is refused where one of its name's addresses is not allowed", async () => {
    const port = await serve(picture);
    const resolve = async () => [HERE, { address: "10.0.0.1", family: 4 as const }];
    await expect(fetch(`http://comics.example:${port}/1.png`, { resolve })).rejects.toMatchObject({
      code: "url_refused",
    });
  });

  it("whose name changes its mind is still fetched from what was checked", async () => {
    const port = await serve(picture);
    const answers: ResolvedAddress[][] = [[HERE], [{ address: "10.0.0.1", family: 4 }]];
    const resolve = async () => answers.shift() ?? [];
    await expect(fetch(`http://comics.example:${port}/1.png`, { resolve })).resolves.toMatchObject({
      format: "png",
    });
    expect(answers).toHaveLength(1);
  });

  it("without a known name fails in words", async () => {
    const unknown = () => Promise.reject(new Error("ENOTFOUND"));
    for (const resolve of [unknown, async () => []])
      await expect(fetch("http://nowhere.example/1.png", { resolve })).rejects.toMatchObject({
        code: "fetch_failed",
        status: 400,
      });
  });
});

describe("redirects", () => {
  it.each([301, 302, 303, 307, 308])("%d is followed", async (status) => {
    const port = await serve((request, response) =>
      request.url === "/1.png" ? picture(request, response) : redirectTo("/1.png", status)(request, response),
    );
    const fetched = await fetch(`http://comics.example:${port}/old`);
    expect(fetched.url).toBe(`http://comics.example:${port}/1.png`);
  });

  it("are checked each: none leads into a private network", async () => {
    const inner = "http://10.0.0.1/secret";
    const port = await serve(redirectTo(inner));
    await expect(fetch(`http://comics.example:${port}/`)).rejects.toMatchObject({ code: "url_refused" });
    const renamed = await serve(redirectTo("http://inner.example/secret"));
    const resolve = async (name: string) =>
      name === "inner.example" ? [{ address: "192.168.1.1", family: 4 as const }] : [HERE];
    await expect(fetch(`http://comics.example:${renamed}/`, { resolve })).rejects.toMatchObject({
      code: "url_refused",
    });
  });

  it.each([["file:///etc/passwd"], ["gopher://comics.example/"]])("to %s are refused", async (location) => {
    const port = await serve(redirectTo(location));
    await expect(fetch(`http://comics.example:${port}/`)).rejects.toMatchObject({ code: "url_refused" });
  });

  it("end after five", async () => {
    let requests = 0;
    const port = await serve((request, response) => {
      requests++;
      redirectTo("/again")(request, response);
    });
    await expect(fetch(`http://comics.example:${port}/`)).rejects.toThrow("more than 5 times");
    expect(requests).toBe(6);
    const nowhere = await serve(redirectTo(undefined));
    await expect(fetch(`http://comics.example:${nowhere}/`)).rejects.toThrow("to nowhere");
  });

  it("take cookie and referer to no other host", async () => {
    const seen: IncomingHttpHeaders[] = [];
    const other = await serve(({ headers }, response) => {
      seen.push(headers);
      response.end(PNG);
    });
    const first = await serve((request, response) => {
      seen.push(request.headers);
      redirectTo(request.url === "/" ? "/second" : `http://cdn.example:${other}/`)(request, response);
    });
    const secrets = { cookie: "session=1", referer: "http://comics.example/chapter" };
    await fetch(`http://comics.example:${first}/`, {}, secrets);
    expect(seen.map(({ cookie, referer }) => ({ cookie, referer }))).toEqual([secrets, secrets, {}]);
  });
});

describe("what comes back", () => {
  it.each([404, 403, 500, 204, 206, 304])("with status %d is said", async (status) => {
    const port = await serve((_, response) => void response.writeHead(status).end());
    const fetching = fetch(`http://comics.example:${port}/`);
    await expect(fetching).rejects.toMatchObject({ code: "fetch_failed", status: 400 });
    await expect(fetching).rejects.toThrow(`it answered ${status}`);
  });

  it("is a picture by its first bytes, whatever the server calls it", async () => {
    const page = await serve((_, response) => {
      response.writeHead(200, { "content-type": "image/png" }).end("<html>log in first</html>");
    });
    await expect(fetch(`http://comics.example:${page}/1.png`)).rejects.toMatchObject({
      code: "not_a_picture",
    });
    const renamed = await serve((_, response) => {
      response.writeHead(200, { "content-type": "text/html" }).end(PNG);
    });
    await expect(fetch(`http://comics.example:${renamed}/`)).resolves.toMatchObject({ format: "png" });
  });

  it("is refused as soon as it is too large, said beforehand or not", async () => {
    const said = await serve((_, response) => {
      response.writeHead(200, { "content-length": "100000" });
      response.flushHeaders();
    });
    await expect(fetch(`http://comics.example:${said}/`)).rejects.toMatchObject({ status: 413 });
    const endless = await serve((_, response) => {
      const more = () => {
        if (!response.destroyed) response.write(PNG, more);
      };
      more();
    });
    await expect(fetch(`http://comics.example:${endless}/`)).rejects.toMatchObject({
      code: "picture_too_large",
    });
  });

  it("is waited for as long as is said, at every step", async () => {
    const silent = await serve(() => undefined);
    const stalled = await serve((_, response) => void response.write(PNG));
    for (const port of [silent, stalled])
      await expect(fetch(`http://comics.example:${port}/`, { timeoutMs: 50 })).rejects.toMatchObject({
        code: "fetch_timeout",
      });
    const resolve = () => new Promise<never>(() => undefined);
    await expect(fetch("http://comics.example/", { timeoutMs: 50, resolve })).rejects.toMatchObject({
      code: "fetch_timeout",
    });
  });

  it("fails in words where the connection breaks or nobody listens", async () => {
    const broken = await serve((_, response) => {
      response.writeHead(200, { "content-length": "1000" });
      response.write(PNG, () => response.destroy());
    });
    await expect(fetch(`http://comics.example:${broken}/`)).rejects.toMatchObject({ code: "fetch_failed" });
    await expect(fetch("http://comics.example:1/")).rejects.toMatchObject({ code: "fetch_failed" });
  });

  it("is given up when the caller says so, with the caller's reason", async () => {
    const port = await serve(() => controller.abort(new Error("cancelled")));
    const controller = new AbortController();
    const fetching = fetch(`http://comics.example:${port}/`, {}, { signal: controller.signal });
    await expect(fetching).rejects.toThrow("cancelled");
  });
});

describe("headers of the caller", () => {
  it.each([
    ["cookie", "a=1\r\nhost: inner"],
    ["referer", "http://comics.example/\n"],
    ["cookie", "a".repeat(8001)],
    ["referer", "http://comics.example/\u{1f600}"],
  ])("that no %s may have are refused, and not shown", async (name, value) => {
    const fetching = fetch("http://comics.example/", {}, { [name]: value });
    await expect(fetching).rejects.toMatchObject({ code: "url_refused" });
    await expect(fetching).rejects.not.toThrow("inner");
  });
});
