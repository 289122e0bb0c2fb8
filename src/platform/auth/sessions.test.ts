import { SignJWT, UnsecuredJWT } from "jose";
import { describe, expect, test } from "vitest";
import { Secret } from "../config/secret.ts";
import { Sessions } from "./sessions.ts";
import { SIGNING_SECRET, TestClock } from "./testing.ts";

function openSessions() {
  const clock = new TestClock();
  return { clock, sessions: new Sessions(new Secret(SIGNING_SECRET), clock) };
}

/** A token that somebody else made, with claims that ours would have. */
const forged = (secret: string, alg: string, claims: object = {}) =>
  new SignJWT({ type: "access", iatMs: 1, ...claims })
    .setProtectedHeader({ alg })
    .setSubject("1")
    .setExpirationTime("10y")
    .sign(new TextEncoder().encode(secret));

describe("tokens", () => {
  test("name their user and when they were issued, until they expire", async () => {
    const { clock, sessions } = openSessions();
    const access = await sessions.issue(7, "access");
    const refresh = await sessions.issue(7, "refresh");
    expect(await sessions.verify(access, "access")).toEqual({ userId: 7, issuedAtMs: clock.ms, csrf: null });
    clock.ms += 60 * 60_000 - 1;
    expect(await sessions.verify(access, "access")).not.toBeNull();
    clock.ms += 1;
    expect(await sessions.verify(access, "access")).toBeNull();
    expect(await sessions.verify(refresh, "refresh")).not.toBeNull();
    clock.ms += 7 * 24 * 60 * 60_000;
    expect(await sessions.verify(refresh, "refresh")).toBeNull();
  });

  test("are good for their own purpose only", async () => {
    const { sessions } = openSessions();
    expect(await sessions.verify(await sessions.issue(7, "refresh"), "access")).toBeNull();
    expect(await sessions.verify(await sessions.issue(7, "access"), "refresh")).toBeNull();
  });

  test("unsigned, signed otherwise or with another secret prove nothing", async () => {
    const { sessions } = openSessions();
    const unsigned = new UnsecuredJWT({ type: "access", iatMs: 1 }).setSubject("1").encode();
    const tokens = [
      unsigned,
      await forged(SIGNING_SECRET.repeat(2), "HS512"),
      await forged("another secret of 32 bytes or more", "HS256"),
      await forged(SIGNING_SECRET, "HS256", { type: "admin" }),
      "not a token",
      "",
    ];
    for (const token of tokens) expect(await sessions.verify(token, "access")).toBeNull();
  });

  test("altered anywhere prove nothing", async () => {
    const { sessions } = openSessions();
    const token = await sessions.issue(7, "access");
    const [header = "", payload = "", signature = ""] = token.split(".");
    const claims = JSON.parse(Buffer.from(payload, "base64url").toString());
    const other = Buffer.from(JSON.stringify({ ...claims, sub: "1" })).toString("base64url");
    const none = Buffer.from('{"alg":"none"}').toString("base64url");
    for (const altered of [
      [header, other, signature],
      [none, payload, ""],
      [none, payload, signature],
      [header, payload, signature.slice(0, -2)],
    ]) {
      expect(await sessions.verify(altered.join("."), "access")).toBeNull();
    }
  });
});
