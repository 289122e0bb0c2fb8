import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openShop } from "./testing.ts";

let shop: Awaited<ReturnType<typeof openShop>>;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "quatrain-console-"));
  await mkdir(join(folder, "assets"));
  await writeFile(join(folder, "index.html"), "<title>the page</title>");
  await writeFile(join(folder, "assets", "app-1.js"), "let a;");
  await writeFile(join(folder, "assets", "app-1.js.gz"), gzipSync("let a;"));
  shop = await openShop({ consoleFolder: folder });
});

afterAll(async () => {
  await shop.close();
  await rm(folder, { recursive: true });
});

test.each(["/", "/console", "/console/", "/console/training/jobs/7", "/console/a.b/c?x=1"])(
  "%s is the page, asked for anew each time, and nothing may come from elsewhere",
  async (url) => {
    const { statusCode, body, headers } = await shop.server.inject({ url });
    expect([statusCode, body, headers["cache-control"]]).toEqual([
      200,
      "<title>the page</title>",
      "no-cache",
    ]);
    expect(headers["content-security-policy"]).toMatch(
      /default-src 'none'; script-src 'self'; style-src 'self'/,
    );
    expect(headers["content-security-policy"]).not.toMatch(/unsafe|https?:|\*/);
  },
);

test("its parts are kept for a year and come compressed", async () => {
  const plain = await shop.server.inject({ url: "/console/assets/app-1.js" });
  expect([plain.statusCode, plain.body]).toEqual([200, "let a;"]);
  expect(plain.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
  const small = await shop.server.inject({
    url: "/console/assets/app-1.js",
    headers: { "accept-encoding": "gzip" },
  });
  expect(small.headers["content-encoding"]).toBe("gzip");
});

test.each([
  "/console/assets/none.js",
  "/console/none.png",
  "/console/../app.ts",
  "/console/%2e%2e/secret.txt",
])("%s is not there", async (url) => {
  expect((await shop.server.inject({ url })).statusCode).toBe(404);
});

test("without a build there is no console", async () => {
  const bare = await openShop({ consoleFolder: join(folder, "nowhere") });
  expect((await bare.server.inject({ url: "/" })).statusCode).toBe(404);
  await bare.close();
});
