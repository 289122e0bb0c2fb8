import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { lookUpReferences, MOST_LOOK_UPS } from "./look-up-references.ts";
import { type CrossrefSettings, openCrossref } from "./open-crossref.ts";
import { cacheKey, type LookUpOutcome, type ReferenceQuery } from "./reference-register.ts";

const WORK = {
  DOI: "10.1234/abc",
  title: ["Evaluación formativa en la <i>universidad</i>"],
  subtitle: ["una revisión"],
  author: [{ family: "Pérez-López", given: "J." }, { name: "Grupo Aula" }],
  issued: { "date-parts": [[2019, 3]] },
};
const OTHER = {
  DOI: "10.1234/abc",
  title: ["On the migration of northern whales"],
  author: [{ family: "Melville" }],
  issued: { "date-parts": [[1851]] },
};
const REFERENCE: ReferenceQuery = {
  title: "Evaluacion formativa en la universidad",
  firstAuthor: "Pérez López",
  year: 2020,
  doi: "10.1234/abc",
};
const WITHOUT_DOI = { ...REFERENCE, doi: null };

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

let handle: Handler;
let requests: string[];
let url: string;
const server = createServer((request, response) => {
  requests.push(request.url ?? "");
  handle(request, response);
});

const json = (response: ServerResponse, body: unknown) => response.end(JSON.stringify(body));
const one =
  (work: unknown): Handler =>
  (_, response) =>
    json(response, { status: "ok", message: work });
const listed =
  (...items: unknown[]): Handler =>
  (_, response) =>
    json(response, { message: { items } });
const status =
  (code: number, headers: Record<string, string> = {}): Handler =>
  (_, response) =>
    response.writeHead(code, headers).end("no");
const stalls: Handler = () => {};
const open = (settings: Partial<CrossrefSettings> = {}) =>
  openCrossref({ url, mailto: "office@example.org", ...settings });
const reasonOf = async (reference: ReferenceQuery, settings: Partial<CrossrefSettings> = {}) => {
  const { outcome, detail } = await open(settings).lookUp(reference);
  expect(outcome).toBe("could_not_verify");
  return "reason" in detail ? detail.reason : null;
};

beforeEach(async () => {
  requests = [];
  handle = status(500);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

describe("a reference with a DOI", () => {
  test("is confirmed by the same title, author and year, give or take one", async () => {
    handle = one(WORK);
    expect(await open().lookUp(REFERENCE)).toEqual({
      outcome: "confirmed",
      detail: {
        by: "doi",
        work: {
          doi: "10.1234/abc",
          title: "Evaluación formativa en la universidad",
          firstAuthor: "Pérez-López",
          year: 2019,
        },
      },
    });
    expect(requests).toEqual(["/works/10.1234%2Fabc?mailto=office%40example.org"]);
  });

  test("is a mismatch where the register has an evidently different work", async () => {
    handle = one(OTHER);
    expect(await open().lookUp(REFERENCE)).toMatchObject({
      outcome: "mismatch",
      detail: { work: { title: "On the migration of northern whales", firstAuthor: "Melville", year: 1851 } },
    });
  });

  test.each([
    [
      "the title is registered in another language",
      { ...OTHER, author: WORK.author, issued: WORK.issued },
      "title_differs",
    ],
    ["the same author's year differs as well", { ...OTHER, author: WORK.author }, "title_differs"],
    ["only the author differs", { ...WORK, author: [{ family: "Melville" }] }, "author_or_year_differs"],
    ["only the year differs", { ...WORK, issued: { "date-parts": [[1999]] } }, "author_or_year_differs"],
    ["the record has no title", { DOI: "10.1234/abc" }, "title_differs"],
  ])("could not be verified where %s", async (_, work, reason) => {
    handle = one(work);
    expect(await reasonOf(REFERENCE)).toBe(reason);
  });

  test("is no mismatch where the entry, read wrongly, has the registered title", async () => {
    handle = one(OTHER);
    const entry = "On the migration of northern whales. Melville. 1851. doi:10.1234/abc";
    expect(await reasonOf({ ...REFERENCE, entry })).toBe("title_differs");
  });

  test("is looked for by its title where its DOI is registered elsewhere", async () => {
    handle = (request, response) =>
      request.url?.startsWith("/works/")
        ? response.writeHead(404).end()
        : json(response, { message: { items: [WORK] } });
    expect(await open().lookUp(REFERENCE)).toMatchObject({ outcome: "confirmed", detail: { by: "title" } });
    expect(requests).toHaveLength(2);
  });
});

describe("a reference without a DOI", () => {
  test("is searched for, and only its title, author and year are sent", async () => {
    handle = listed(OTHER, WORK);
    expect(await open({ mailto: null }).lookUp({ ...WITHOUT_DOI, entry: "secret" })).toMatchObject({
      outcome: "confirmed",
      detail: { by: "title" },
    });
    const sent = new URL(requests[0] ?? "", url).searchParams;
    expect(sent.get("query.bibliographic")).toBe("Evaluacion formativa en la universidad Pérez López 2020");
    expect(sent.get("rows")).toBe("3");
    expect(sent.has("mailto")).toBe(false);
    expect(requests.join()).not.toContain("secret");
  });

  test("that is not found, or found for others, could not be verified", async () => {
    handle = listed(OTHER);
    expect(await reasonOf(WITHOUT_DOI)).toBe("not_found");
    handle = listed();
    expect(await reasonOf(WITHOUT_DOI)).toBe("not_found");
    handle = listed({ ...WORK, author: [{ family: "Melville" }] });
    expect(await reasonOf(WITHOUT_DOI)).toBe("author_or_year_differs");
  });

  test("and without a title that says enough is not asked for", async () => {
    for (const title of [null, "Editorial", "La vida"]) {
      expect(await reasonOf({ ...WITHOUT_DOI, title })).toBe("too_little");
    }
    expect(requests).toEqual([]);
  });
});

describe("whatever the register does, a reference merely could not be verified", () => {
  test.each([
    ["it has an error", status(500), "register_error"],
    ["it is over capacity", status(503), "register_error"],
    ["it sends elsewhere", status(302, { location: "http://127.0.0.1:1/" }), "register_error"],
    ["it had enough", status(429, { "retry-after": "30" }), "rate_limited"],
    ["it has had enough for good", status(429, { "retry-after": "0" }), "rate_limited"],
    [
      "it sends no JSON",
      (_: IncomingMessage, response: ServerResponse) => response.end("<html>{"),
      "damaged_answer",
    ],
    [
      "it sends other JSON",
      (_: IncomingMessage, response: ServerResponse) => response.end('{"message":[1,null]}'),
      "damaged_answer",
    ],
    [
      "it breaks off",
      (_: IncomingMessage, response: ServerResponse) =>
        response.writeHead(200, { "content-length": "99" }).end("{") && response.destroy(),
      "unreachable",
    ],
    ["it hangs up", (request: IncomingMessage) => request.destroy(), "unreachable"],
  ] satisfies [string, Handler, string][])("%s", async (_, handler, reason) => {
    handle = handler;
    expect(await reasonOf(WITHOUT_DOI)).toBe(reason);
  });

  test("it never answers", async () => {
    handle = stalls;
    expect(await reasonOf(WITHOUT_DOI, { timeoutMs: 20 })).toBe("timeout");
  });

  test("it answers without end", async () => {
    handle = (_, response) => {
      const more = () => response.write("x".repeat(65_536), () => !response.destroyed && setImmediate(more));
      more();
    };
    expect(await reasonOf(WITHOUT_DOI)).toBe("answer_too_large");
  });

  test("it is not there", async () => {
    expect(await reasonOf(WITHOUT_DOI, { url: "http://127.0.0.1:1" })).toBe("unreachable");
  });

  test("it has hostile records", async () => {
    handle = listed(
      null,
      1,
      { DOI: 1 },
      { DOI: "x", title: 5, author: [null, { family: {} }], issued: { "date-parts": [["x"]] } },
    );
    expect(await reasonOf(WITHOUT_DOI)).toBe("not_found");
  });
});

describe("a register that had enough", () => {
  test("is asked again after the pause that it wants, where there is time", async () => {
    handle = (_, response) => {
      if (requests.length === 1) response.writeHead(429, { "retry-after": "0" }).end();
      else json(response, { message: { items: [WORK] } });
    };
    expect(await open().lookUp(WITHOUT_DOI, { deadline: performance.now() + 10_000 })).toMatchObject({
      outcome: "confirmed",
    });
    expect(requests).toHaveLength(2);
  });

  test("is left alone by all that follow", async () => {
    handle = status(429);
    const register = open({ maxConcurrent: 1 });
    const all = await lookUpReferences(
      register,
      Array.from({ length: 20 }, (_, index) => ({ ...WITHOUT_DOI, year: 1990 + index })),
      { limitMs: 5_000 },
    );
    expect(new Set(all.map(({ detail }) => "reason" in detail && detail.reason))).toEqual(
      new Set(["rate_limited"]),
    );
    expect(requests).toHaveLength(1);
  });

  test("has never more than so many requests at once", async () => {
    const held: (() => void)[] = [];
    let most = 0;
    let running = 0;
    handle = (_, response) => {
      running++;
      most = Math.max(most, running);
      held.push(() => {
        running--;
        json(response, { message: { items: [] } });
      });
      setImmediate(() => held.shift()?.());
    };
    const register = open({ maxConcurrent: 2 });
    await Promise.all(
      Array.from({ length: 12 }, (_, index) => register.lookUp({ ...WITHOUT_DOI, year: 1990 + index })),
    );
    expect(requests).toHaveLength(12);
    expect(most).toBeLessThanOrEqual(2);
  });
});

describe("the references of a document", () => {
  test("are looked up once each, in order, and kept", async () => {
    handle = (request, response) =>
      json(response, { message: request.url?.startsWith("/works/") ? WORK : { items: [] } });
    const kept = new Map<string, LookUpOutcome>();
    const cache = {
      get: async (key: string) => kept.get(key) ?? null,
      put: async (key: string, outcome: LookUpOutcome) => void kept.set(key, outcome),
    };
    const references = [
      REFERENCE,
      WITHOUT_DOI,
      { ...REFERENCE, title: "EVALUACIÓN  formativa en la universidad." },
    ];
    const outcomes = await lookUpReferences(open(), references, { cache });
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(["confirmed", "could_not_verify", "confirmed"]);
    expect(requests).toHaveLength(2);
    expect([...kept.keys()].sort()).toEqual([cacheKey(REFERENCE), cacheKey(WITHOUT_DOI)].sort());
    expect(await lookUpReferences(open(), references, { cache })).toEqual(outcomes);
    expect(requests).toHaveLength(2);
  });

  test("are asked for again another day where the register failed", async () => {
    const put: string[] = [];
    const cache = { get: async () => null, put: async (key: string) => void put.push(key) };
    await lookUpReferences(open(), [REFERENCE], { cache });
    expect(put).toEqual([]);
  });

  test("are given up when their time is over", async () => {
    handle = stalls;
    const references = Array.from({ length: 5 }, (_, index) => ({ ...WITHOUT_DOI, year: 1990 + index }));
    const outcomes = await lookUpReferences(open(), references, { limitMs: 30 });
    expect(outcomes).toEqual(
      references.map(() => ({ outcome: "could_not_verify", detail: { reason: "time_limit" } })),
    );
  });

  test("are no more than so many", async () => {
    handle = listed();
    const references = Array.from({ length: MOST_LOOK_UPS + 5 }, (_, index) => ({
      ...WITHOUT_DOI,
      year: 1000 + index,
    }));
    const outcomes = await lookUpReferences(open({ maxConcurrent: 8 }), references);
    expect(outcomes.slice(MOST_LOOK_UPS).map(({ detail }) => "reason" in detail && detail.reason)).toEqual(
      Array(5).fill("too_many"),
    );
    expect(requests).toHaveLength(MOST_LOOK_UPS);
  });

  test("are left when the work is called off, and that alone is thrown", async () => {
    const { promise: asked, resolve } = Promise.withResolvers<void>();
    handle = () => resolve();
    const controller = new AbortController();
    const references = Array.from({ length: 4 }, (_, index) => ({ ...WITHOUT_DOI, year: 1990 + index }));
    const running = lookUpReferences(open(), references, { signal: controller.signal });
    const outcome = expect(running).rejects.toThrow("called off");
    await asked;
    controller.abort(new Error("called off"));
    await outcome;
    await expect(open().lookUp(REFERENCE, { signal: controller.signal })).rejects.toThrow("called off");
  });
});
