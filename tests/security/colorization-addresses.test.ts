import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { encodePng } from "../../src/ml/images/edit-picture.ts";
import { useColorizationServer } from "../support/colorization-server.ts";
import { comicPage, grayPage } from "../support/drawn-comics.ts";

/**
 * Addresses that strangers name and that lead into the operator's own network: none is asked. Redirects are followed
 * nowhere else than addresses: src/systems/colorization/fetching/open-fetcher.test.ts.
 */

const { post, root } = useColorizationServer();
let inside: Server;
let asked = 0;

beforeAll(async () => {
  inside = createServer((_, response) => {
    asked++;
    response.end("secret");
  });
  inside.listen(0, "127.0.0.1");
  await once(inside, "listening");
});
afterAll(() => inside.close());

const port = () => (inside.address() as AddressInfo).port;
const ADDRESSES: readonly (() => string)[] = [
  () => `http://127.0.0.1:${port()}/a.png`,
  () => `http://localhost:${port()}/a.png`,
  () => `http://127.1:${port()}/a.png`,
  () => `http://2130706433:${port()}/a.png`,
  () => `http://0x7f.0.0.1:${port()}/a.png`,
  () => `http://0177.0.0.1:${port()}/a.png`,
  () => `http://[::1]:${port()}/a.png`,
  () => `http://[::ffff:127.0.0.1]:${port()}/a.png`,
  () => `http://[::]:${port()}/a.png`,
  () => `http://0.0.0.0:${port()}/a.png`,
  () => `http://user:password@127.0.0.1:${port()}/a.png`,
  () => "http://10.0.0.1/a.png",
  () => "http://192.168.1.1/a.png",
  () => "http://172.16.0.1/a.png",
  () => "http://169.254.169.254/latest/meta-data/",
  () => "http://[fd00::1]/a.png",
  () => "http://[fe80::1]/a.png",
  () => "file:///etc/passwd",
  () => "ftp://example.com/a.png",
  () => "gopher://127.0.0.1/",
  () => "data:image/png;base64,AAAA",
  () => "//127.0.0.1/a.png",
  () => "not an address",
  () => "",
];

const refusal = {
  status: "error",
  message: expect.stringContaining("cannot be fetched"),
  timestamp_utc: expect.any(String),
  details: expect.stringContaining("cannot be fetched"),
};

it("a page at such an address is refused, nothing is asked, and nothing of the request stays", async () => {
  const [style, page] = [await encodePng(comicPage()), await encodePng(grayPage())].map((bytes) =>
    Buffer.from(bytes).toString("base64"),
  );
  for (const address of ADDRESSES) {
    const { status, body } = await post("/v1/pipeline/run_chapter", {
      style_reference_base64: style,
      page_urls: [address()],
      page_uploads: [{ filename: "1.png", content_base64: page }],
      page_cookie_header: "session=1",
      page_referer: "https://example.com/",
    });
    expect([address(), status, body]).toEqual([address(), 400, refusal]);
  }
  expect(asked).toBe(0);
  expect(await readdir(join(root(), "uploads")).catch(() => [])).toEqual([]);
});

it("a reference at such an address is refused", async () => {
  for (const address of ADDRESSES.filter((address) => address() !== "")) {
    const { status, body } = await post("/v1/pipeline/run_chapter", {
      style_reference_url: address(),
      page_uploads: [{ content_base64: "AAAA" }],
    });
    expect([address(), status, body]).toEqual([address(), 400, refusal]);
  }
  expect(asked).toBe(0);
});

it("a cookie or referer that no header may have is refused", async () => {
  for (const field of ["page_cookie_header", "page_referer"])
    for (const value of ["a\r\nX-Injected: 1", "a\0b", "x".repeat(9_000), 5]) {
      const { status, body } = await post("/v1/pipeline/run_chapter", {
        style_reference_url: "https://192.0.2.1/a.png",
        page_urls: ["https://192.0.2.1/b.png"],
        [field]: value,
      });
      expect([field, status, body.status]).toEqual([field, 400, "error"]);
    }
});
