import { afterAll, beforeAll, expect, test } from "vitest";
import { LOCAL_TOKEN } from "../../auth/testing.ts";
import { openShop } from "../testing.ts";

let shop: Awaited<ReturnType<typeof openShop>>;

beforeAll(async () => {
  shop = await openShop();
});

afterAll(() => shop.close());

type Method = "GET" | "POST" | "DELETE";

async function call(method: Method, url: string, payload?: object, credential = LOCAL_TOKEN) {
  const headers = credential === "" ? {} : { authorization: `Bearer ${credential}` };
  const answer = await shop.server.inject({ method, url, payload, headers });
  return {
    status: answer.statusCode,
    body: answer.json() as Record<string, unknown>,
    headers: answer.headers,
  };
}

const ANN = { email: "ann@example.org", password: "ann's password", role: "admin" };

test("an administrator signs in, changes a password and is signed out by it", async () => {
  const added = await call("POST", "/_/api/users", { ...ANN, full_name: "Ann" });
  expect(added).toMatchObject({ status: 201, body: { email: ANN.email, role: "admin", full_name: "Ann" } });
  expect(JSON.stringify(added.body)).not.toContain("argon2");
  const signedIn = await call("POST", "/_/api/login", ANN, "");
  expect(signedIn).toMatchObject({ status: 200, body: { token_type: "bearer", user: { email: ANN.email } } });
  const token = String(signedIn.body.access_token);
  expect(await call("GET", "/_/api/users", undefined, token)).toMatchObject({ status: 200 });
  expect((await call("GET", "/_/api/users", undefined, String(signedIn.body.refresh_token))).status).toBe(
    401,
  );
  const set = await call("POST", "/_/api/users/password", { email: ANN.email, password: "a new one" }, token);
  expect(set.status).toBe(200);
  expect((await call("GET", "/_/api/users", undefined, token)).status).toBe(401);
});

test("users are added once and removed by their address; the last administrator stays", async () => {
  const bob = { email: "bob+x@example.org", password: "bob's password" };
  expect(await call("POST", "/_/api/users", bob)).toMatchObject({ status: 201, body: { role: "member" } });
  expect(await call("POST", "/_/api/users", bob)).toMatchObject({
    status: 409,
    body: { code: "user_exists" },
  });
  expect((await call("DELETE", `/_/api/users/${encodeURIComponent(bob.email)}`)).status).toBe(200);
  expect((await call("DELETE", "/_/api/users/nobody@x")).status).toBe(404);
  expect(await call("DELETE", `/_/api/users/${ANN.email}`)).toMatchObject({ body: { code: "last_admin" } });
  expect((await call("POST", "/_/api/users", { ...bob, role: "king" })).status).toBe(422);
});

test("guessing a password is slowed down, and the answer says until when", async () => {
  const wrong = { email: "eve@example.org", password: "a guess" };
  for (let i = 0; i < 5; i++) {
    expect(await call("POST", "/_/api/login", wrong, "")).toMatchObject({ status: 401 });
  }
  const sixth = await call("POST", "/_/api/login", wrong, "");
  expect(sixth).toMatchObject({ status: 429, body: { code: "too_many_attempts", status: 429 } });
  expect(sixth.headers["retry-after"]).toBe("60");
});

test("a key is shown once, opens its system and can be revoked", async () => {
  const made = await call("POST", "/_/api/keys", { name: "robot", system: "shop", access: "read" });
  expect(made).toMatchObject({ status: 201, body: { name: "robot", key: expect.stringMatching(/^qtn_/) } });
  const listed = await call("GET", "/_/api/keys");
  expect(listed.body).toMatchObject({ keys: [{ id: made.body.id, system: "shop" }] });
  expect(JSON.stringify(listed.body)).not.toContain(String(made.body.key));
  expect((await call("GET", "/items/1", undefined, String(made.body.key))).status).toBe(200);
  expect((await call("GET", "/_/api/users", undefined, String(made.body.key))).status).toBe(403);
  expect((await call("DELETE", `/_/api/keys/${made.body.id}`)).body).toEqual({ revoked: true });
  expect((await call("DELETE", `/_/api/keys/${made.body.id}`)).status).toBe(404);
  expect(await call("POST", "/_/api/keys", { name: "x", system: "nothing" })).toMatchObject({
    status: 400,
    body: { code: "unknown_system", error: expect.stringContaining("shop") },
  });
});

test("nobody without a credential administers", async () => {
  for (const [method, url] of [
    ["GET", "/_/api/users"],
    ["POST", "/_/api/users"],
    ["POST", "/_/api/users/password"],
    ["DELETE", "/_/api/users/ann@example.org"],
    ["GET", "/_/api/keys"],
    ["POST", "/_/api/keys"],
    ["DELETE", "/_/api/keys/1"],
  ] as const) {
    expect(await call(method, url, undefined, "")).toMatchObject({ status: 401, body: { status: 401 } });
  }
});
