import { expect, it } from "vitest";
import { refuseCrossSite } from "./cross-site.ts";

const evil = { "sec-fetch-site": "cross-site", origin: "https://evil.example" };

it("lets programs, the page itself and the address bar through", () => {
  for (const headers of [{}, { "sec-fetch-site": "same-origin" }, { "sec-fetch-site": "none" }]) {
    expect(() => refuseCrossSite(headers, [])).not.toThrow();
  }
});

it("refuses other sites, ports of this machine included, unless the system lets their origin in", () => {
  expect(() => refuseCrossSite(evil, [])).toThrow(/evil.example may not/);
  expect(() => refuseCrossSite({ "sec-fetch-site": "same-site" }, [])).toThrow(/another site/);
  expect(() => refuseCrossSite(evil, ["https://other.example"])).toThrow();
  expect(() => refuseCrossSite(evil, ["https://evil.example"])).not.toThrow();
  expect(() => refuseCrossSite(evil, ["*"])).not.toThrow();
});
