import { afterAll, beforeAll, expect, test } from "vitest";
import { openShop } from "../testing.ts";

let shop: Awaited<ReturnType<typeof openShop>>;

beforeAll(async () => {
  shop = await openShop();
  await shop.users.add({ ...ANN, fullName: "Ann", role: "member" });
  await shop.keys.create("somebody", "shop", "write"); // from now on the shop asks for a credential
});

afterAll(() => shop.close());

const ANN = { email: "ann@example.org", password: "ann's password" };

type Headers = Readonly<Record<string, string>>;

async function ask(method: "GET" | "POST" | "DELETE", url: string, headers: Headers = {}, payload?: object) {
  const answer = await shop.server.inject({ method, url, headers, payload });
  const cookie = String(answer.headers["set-cookie"] ?? "");
  return {
    status: answer.statusCode,
    body: answer.json(),
    cookie,
    sent: { cookie: cookie.split(";")[0] ?? "" },
  };
}

async function signedIn() {
  const answer = await ask("POST", "/_/api/session", {}, ANN);
  expect(answer).toMatchObject({ status: 200, body: { user: { email: ANN.email } } });
  return { ...answer, csrf: { "x-csrf-token": answer.body.csrf_token as string } };
}

test("nobody is signed in at first, and the session says which systems ask for a credential", async () => {
  expect(await ask("GET", "/_/api/session")).toMatchObject({
    status: 200,
    cookie: "",
    body: {
      user: null,
      csrf_token: null,
      version: "1.2.3",
      systems: [{ name: "shop", credential_needed: true }],
    },
  });
});

test("the cookie reads by itself, and changes things only together with the secret", async () => {
  const { sent, csrf, cookie } = await signedIn();
  expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Strict; Max-Age=43200$/);
  expect(await ask("GET", "/items/1", sent)).toMatchObject({ status: 200, body: { kind: "user" } });
  expect(await ask("POST", "/order", sent, { name: "x" })).toMatchObject({ status: 401 });
  expect(await ask("POST", "/order", { ...sent, "x-csrf-token": "a guess" }, { name: "x" })).toMatchObject({
    status: 401,
  });
  expect(await ask("POST", "/order", { ...sent, ...csrf }, { name: "x" })).toMatchObject({ status: 200 });
  expect(await ask("POST", "/order", csrf, { name: "x" })).toMatchObject({ status: 401 });
});

test("asking for the session lengthens it, with the same secret", async () => {
  const { sent, body } = await signedIn();
  shop.clock.ms += 11 * 60 * 60_000;
  const again = await ask("GET", "/_/api/session", sent);
  expect(again.body).toEqual(body);
  shop.clock.ms += 2 * 60 * 60_000;
  expect((await ask("GET", "/items/1", sent)).status).toBe(401);
  expect((await ask("GET", "/items/1", again.sent)).status).toBe(200);
  expect(await ask("GET", "/_/api/session", sent)).toMatchObject({
    body: { user: null },
    cookie: expect.stringContaining("Max-Age=0"),
  });
});

test("a new password ends it, and so does signing out in the browser", async () => {
  const { sent } = await signedIn();
  await shop.users.setPassword(ANN.email, ANN.password);
  expect((await ask("GET", "/items/1", sent)).status).toBe(401);
  expect(await ask("DELETE", "/_/api/session", sent)).toMatchObject({
    status: 200,
    body: { user: null },
    cookie: expect.stringMatching(/^quatrain_session=; .*Max-Age=0$/),
  });
});

test("its token is no bearer's, and a bearer's is none of its own", async () => {
  const { sent } = await signedIn();
  const [, token = ""] = sent.cookie.split("=");
  expect((await ask("GET", "/items/1", { authorization: `Bearer ${token}` })).status).toBe(401);
  const access = await shop.sessions.issue(1, "access");
  expect((await ask("GET", "/items/1", { cookie: `quatrain_session=${access}` })).status).toBe(401);
});

test("pages of other sites cannot sign anybody in or out", async () => {
  const foreign = { "sec-fetch-site": "cross-site", origin: "https://evil.example" };
  expect(await ask("POST", "/_/api/session", foreign, ANN)).toMatchObject({ status: 403 });
  expect(await ask("DELETE", "/_/api/session", foreign)).toMatchObject({ status: 403 });
  expect(await ask("POST", "/_/api/session", {}, { ...ANN, password: "wrong" })).toMatchObject({
    status: 401,
    cookie: "",
  });
});
