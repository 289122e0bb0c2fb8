import { describe, expect, test } from "vitest";
import * as contract from "../../src/contracts/training/index.ts";
import { ErrorBody } from "../../src/contracts/training/vocabulary.ts";
import { ADMIN, PASSWORD, type Person, useTrainingServer } from "../support/training-server.ts";

const { url, ask, member, admin, colours, job } = useTrainingServer();

const Tokens = contract.trainingLogin.responses[200].schema;
const User = contract.trainingMe.responses[200].schema;

const bearer = (token: string): Person => ({
  id: 0,
  email: "",
  headers: { authorization: `Bearer ${token}` },
});
const logIn = (json: object) => ask("POST", "/auth/login", { as: null, json });

describe("POST /api/v1/auth/login", () => {
  test("answers JSON with the document's fields", async () => {
    const { status, body } = await logIn(ADMIN);
    expect(status).toBe(200);
    Tokens.parse(body);
    expect(body).toMatchObject({ token_type: "bearer", user: { email: ADMIN.email } });
    expect(Number.isInteger(body.user.id)).toBe(true);
    expect(typeof body.user.full_name).toBe("string");
    expect(JSON.stringify(body)).not.toContain("password");
    const [header, payload] = String(body.access_token)
      .split(".")
      .slice(0, 2)
      .map((part) => JSON.parse(Buffer.from(part, "base64url").toString()));
    expect(header.alg).toBe("HS256");
    expect(payload).toMatchObject({ sub: String(body.user.id), type: "access" });
    expect(payload.exp - payload.iat).toBe(60 * 60);
  });

  test.each([
    ["an urlencoded form", () => new URLSearchParams({ username: ADMIN.email, password: ADMIN.password })],
    [
      "a multipart form",
      () => {
        const form = new FormData();
        form.set("username", ADMIN.email);
        form.set("password", ADMIN.password);
        return form;
      },
    ],
    ["a form that calls it email", () => new URLSearchParams(ADMIN)],
  ])("takes %s", async (_what, form) => {
    const { status, body } = await ask("POST", "/auth/login", { as: null, form: form() });
    expect(status, JSON.stringify(body)).toBe(200);
    Tokens.parse(body);
  });

  test("a wrong password and an unknown e-mail are refused alike", async () => {
    for (const json of [
      { email: ADMIN.email, password: "wrong" },
      { email: "nobody@training.example", password: "wrong" },
    ]) {
      const { status, body, headers } = await logIn(json);
      expect(status).toBe(401);
      ErrorBody.parse(body);
      expect(body).toMatchObject({ detail: "Incorrect email or password", code: "UNAUTHORIZED" });
      expect(headers.get("www-authenticate")).toBe("Bearer");
    }
  });

  test.each([
    [{ email: ADMIN.email }, "password"],
    [{ password: ADMIN.password }, "email"],
    [{ email: 5, password: "x" }, "email"],
  ])("%j lacks a field, which is named", async (json, field) => {
    const { status, body } = await logIn(json);
    expect([status, body.code, body.field]).toEqual([422, "VALIDATION_ERROR", field]);
    expect(typeof body.detail).toBe("string");
    expect(body.errors[0]).toMatchObject({ loc: ["body", field] });
  });

  test("guessing is slowed down", async () => {
    const guess = () => logIn({ email: "victim@training.example", password: "guess" });
    for (let attempt = 0; attempt < 5; attempt++) expect((await guess()).status).toBe(401);
    const { status, headers } = await guess();
    expect(status).toBe(429);
    expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
  });
});

describe("tokens", () => {
  test("a refresh token gives new tokens, and opens nothing itself", async () => {
    const { body } = await logIn(ADMIN);
    const fresh = await ask("POST", "/auth/refresh", {
      as: null,
      json: { refresh_token: body.refresh_token },
    });
    expect(fresh.status).toBe(200);
    Tokens.parse(fresh.body);
    expect((await ask("GET", "/auth/me", { as: bearer(fresh.body.access_token) })).status).toBe(200);
    expect((await ask("GET", "/auth/me", { as: bearer(body.refresh_token) })).status).toBe(401);
    const wrong = await ask("POST", "/auth/refresh", {
      as: null,
      json: { refresh_token: body.access_token },
    });
    expect([wrong.status, wrong.body.code]).toEqual([401, "UNAUTHORIZED"]);
  });

  test("logging out voids every token of the person, and nobody else's", async () => {
    const one = await member("leaver");
    const { body } = await logIn({ email: one.email, password: PASSWORD });
    expect((await ask("POST", "/auth/logout", { as: one })).status).toBe(200);
    for (const token of [one, bearer(body.access_token)]) {
      expect((await ask("GET", "/auth/me", { as: token })).status).toBe(401);
    }
    const again = await ask("POST", "/auth/refresh", {
      as: null,
      json: { refresh_token: body.refresh_token },
    });
    expect(again.status).toBe(401);
    expect((await ask("GET", "/auth/me")).status).toBe(200);
  });

  test.each([
    ["GET", "/training/jobs"],
    ["POST", "/training/jobs"],
    ["GET", "/datasets"],
    ["GET", "/models/list"],
    ["GET", "/projects"],
    ["GET", "/auth/me"],
    ["GET", "/training/config-schema?framework=timm"],
    ["GET", "/training/jobs/1/events"],
    ["POST", "/test-inference"],
    ["GET", "/validation/results/1"],
  ])("%s %s needs one", async (method, path) => {
    for (const as of [null, bearer("x.y.z")]) {
      const { status, body, headers } = await ask(method, path, { as });
      expect(status).toBe(401);
      ErrorBody.parse(body);
      expect(body.code).toBe("UNAUTHORIZED");
      expect(headers.get("www-authenticate")).toBe("Bearer");
    }
  });
});

describe("the caller's own account", () => {
  test("registration answers the new account; its e-mail is taken from then on", async () => {
    const json = { email: "New.One@training.example", password: PASSWORD, full_name: "Jane Doe" };
    const { status, body } = await ask("POST", "/auth/register", { as: null, json });
    expect(status).toBe(201);
    User.parse(body);
    expect(body).toMatchObject({
      email: "new.one@training.example",
      full_name: "Jane Doe",
      role: "member",
    });
    const again = await ask("POST", "/auth/register", { as: null, json });
    expect([again.status, again.body.code]).toEqual([409, "USER_EXISTS"]);
    const weak = await ask("POST", "/auth/register", {
      as: null,
      json: { ...json, email: "weak@training.example", password: "short" },
    });
    expect([weak.status, weak.body.code]).toEqual([400, "WEAK_PASSWORD"]);
  });

  test("name, e-mail and password can be changed; the latter two with the present password", async () => {
    const one = await member("changer");
    const change = (json: object, as = one) => ask("PUT", "/auth/me", { as, json });
    const renamed = await change({ full_name: "Changed" });
    expect(renamed.status).toBe(200);
    User.parse(renamed.body);
    expect(renamed.body).toMatchObject({ id: one.id, full_name: "Changed" });
    for (const current_password of [undefined, "wrong"]) {
      const refused = await change({ password: "another long one", current_password });
      expect([refused.status, refused.body.field]).toEqual([403, "current_password"]);
    }
    const changed = await change({
      email: "changed@training.example",
      password: "another long one",
      current_password: PASSWORD,
    });
    expect(changed.body).toMatchObject({ id: one.id, email: "changed@training.example" });
    expect((await ask("GET", "/auth/me", { as: one })).status).toBe(401);
    expect((await logIn({ email: one.email, password: PASSWORD })).status).toBe(401);
    const back = await logIn({ email: "changed@training.example", password: "another long one" });
    expect(back.status).toBe(200);
    const taken = await change(
      { email: ADMIN.email, current_password: "another long one" },
      bearer(back.body.access_token),
    );
    expect([taken.status, taken.body.code]).toEqual([409, "USER_EXISTS"]);
  });

  test("a password that is too weak changes nothing at all", async () => {
    const one = await member("careless");
    const { status } = await ask("PUT", "/auth/me", {
      as: one,
      json: { email: "other@training.example", password: "x", current_password: PASSWORD },
    });
    expect(status).toBe(400);
    expect((await ask("GET", "/auth/me", { as: one })).body.email).toBe(one.email);
  });
});

describe("what is private", () => {
  test("is absent for others, and everything for an administrator", async () => {
    const [anna, bert] = [await member("anna"), await member("bert")];
    const dataset = await colours({ as: anna, each: 2 });
    const mine = await job({ dataset_id: dataset.id }, {}, anna);
    const paths = [
      ["GET", `/datasets/${dataset.id}`],
      ["GET", `/datasets/${dataset.id}/images`],
      ["GET", `/datasets/${dataset.id}/check`],
      ["GET", `/datasets/${dataset.id}/export`],
      ["GET", `/datasets/${dataset.id}/file/red/0.png`],
      ["DELETE", `/datasets/${dataset.id}/file/red/0.png`],
      ["DELETE", `/datasets/${dataset.id}`],
      ["GET", `/training/jobs/${mine.id}`],
      ["GET", `/training/jobs/${mine.id}/metrics`],
      ["GET", `/training/jobs/${mine.id}/steps`],
      ["GET", `/training/jobs/${mine.id}/logs`],
      ["GET", `/training/jobs/${mine.id}/events`],
      ["GET", `/training/jobs/${mine.id}/checkpoints`],
      ["GET", `/training/jobs/${mine.id}/export`],
      ["GET", `/validation/results/${mine.id}`],
      ["POST", `/training/jobs/${mine.id}/start`],
      ["POST", `/training/stop/${mine.id}`],
      ["DELETE", `/training/jobs/${mine.id}`],
    ] as const;
    for (const [method, path] of paths) {
      const { status, body } = await ask(method, path, { as: bert });
      expect([path, status, body.code]).toEqual([
        path,
        404,
        path.startsWith("/datasets") ? "DATASET_NOT_FOUND" : "JOB_NOT_FOUND",
      ]);
      ErrorBody.parse(body);
    }
    const stolen = await ask("POST", "/training/jobs", {
      as: bert,
      json: {
        config: {
          framework: "quatrain",
          model_name: "cnn4",
          task_type: "image_classification",
          dataset_id: dataset.id,
        },
      },
    });
    expect([stolen.status, stolen.body.code, stolen.body.field]).toEqual([
      404,
      "DATASET_NOT_FOUND",
      "dataset_id",
    ]);
    expect((await ask("GET", "/datasets", { as: bert })).body.total).toBe(0);
    expect((await ask("GET", "/training/jobs", { as: bert })).body.total).toBe(0);
    expect((await ask("GET", "/projects", { as: bert })).body.total).toBe(0);
    expect((await ask("GET", `/datasets/${dataset.id}`, { as: admin() })).status).toBe(200);
    expect((await ask("GET", `/training/jobs/${mine.id}`, { as: admin() })).status).toBe(200);
  });

  test("what is public is there for everybody to see, not to change", async () => {
    const [carl, dora] = [await member("carl"), await member("dora")];
    const dataset = await colours({ as: carl, each: 2, fields: { visibility: "public" } });
    const shown = await job({ dataset_id: dataset.id }, { visibility: "public" }, carl);
    for (const path of [
      `/datasets/${dataset.id}`,
      `/datasets/${dataset.id}/images`,
      `/training/jobs/${shown.id}`,
      `/training/jobs/${shown.id}/metrics`,
      `/training/jobs/${shown.id}/logs`,
      `/validation/results/${shown.id}`,
    ]) {
      expect([path, (await ask("GET", path, { as: dora })).status]).toEqual([path, 200]);
    }
    const form = new FormData();
    form.append("files", new Blob(["x"]), "note.txt");
    for (const [method, path, asking] of [
      ["DELETE", `/datasets/${dataset.id}`, {}],
      ["DELETE", `/datasets/${dataset.id}/file/red/0.png`, {}],
      ["POST", `/datasets/${dataset.id}/files`, { form }],
      ["POST", `/training/jobs/${shown.id}/start`, {}],
      ["POST", `/training/stop/${shown.id}`, {}],
      ["DELETE", `/training/jobs/${shown.id}`, {}],
      ["DELETE", `/training/jobs/${shown.id}/checkpoints/x`, {}],
    ] as const) {
      const { status, body } = await ask(method, path, { as: dora, ...asking });
      expect([path, status, body.code]).toEqual([path, 403, "FORBIDDEN"]);
      ErrorBody.parse(body);
    }
    const used = await job({ dataset_id: dataset.id }, {}, dora);
    expect(used.owner_id).toBe(dora.id);
    const listed = (await ask("GET", "/training/jobs", { as: dora })).body.jobs;
    expect(listed.map(({ id }: { id: number }) => id).sort()).toEqual([shown.id, used.id].sort());
    expect((await ask("DELETE", `/training/jobs/${shown.id}`, { as: admin() })).status).toBe(200);
  });
});

test("an X-Request-Id comes back, and is in the error", async () => {
  const { headers, body } = await ask("GET", "/training/jobs/99999", { headers: { "x-request-id": "r-1" } });
  expect([headers.get("x-request-id"), body.request_id]).toEqual(["r-1", "r-1"]);
  expect((await fetch(url("/api/v1/auth/login"), { method: "OPTIONS" })).status).toBeLessThan(500);
});
