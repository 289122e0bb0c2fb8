import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { isLoopback, loadConfig } from "./config.ts";

/** The fault of a configuration that must not load. */
function faultOf(environment: Record<string, string | undefined>): Error {
  try {
    loadConfig({}, environment);
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error("it loaded");
}

describe("loadConfig", () => {
  test("needs nothing: loopback, one process, embedded database and files", () => {
    const config = loadConfig({}, {});
    expect(config.listen).toMatchObject({ host: "127.0.0.1", port: 8080, own: {}, insecure: false });
    expect(config).toMatchObject({ databaseUrl: null, s3: null, onlyOne: false, roles: ["api", "worker"] });
    expect(config.unknownSettings).toEqual([]);
  });

  test("the command line wins over the environment, and a blank counts as absent", () => {
    const environment = { QUATRAIN_PORT: "1", QUATRAIN_HOST: " ", QUATRAIN_LOG_LEVEL: " WARN " };
    const config = loadConfig({ QUATRAIN_PORT: "2", QUATRAIN_LOG_LEVEL: "" }, environment);
    expect(config.listen.port).toBe(2);
    expect(config.listen.host).toBe("127.0.0.1");
    expect(config.logLevel).toBe("warn");
  });

  test("lists every fault at once, with what was given and what is taken", () => {
    const fault = faultOf({ QUATRAIN_PORT: "80x", QUATRAIN_ROLES: "api,cook", QUATRAIN_MAX_FILE: "big" });
    expect(fault).toMatchObject({ code: "invalid_settings", details: { faults: { length: 3 } } });
    expect(fault.message).toContain("QUATRAIN_PORT=80x: must be a whole number from 0 to 65535");
    expect(fault.message).toContain("QUATRAIN_ROLES=api,cook: must be one or more of: api, worker");
    expect(fault.message).toContain("QUATRAIN_MAX_FILE=big: must be a number of bytes");
  });

  test("never prints a secret: in JSON, by inspection, as text or in a fault", () => {
    const environment = {
      QUATRAIN_API_KEY: "s3cret-key",
      QUATRAIN_ADMIN_PASSWORD: "s3cret-password",
      DATABASE_URL: "postgres://me:s3cret@db/quatrain",
      QUATRAIN_S3_BUCKET: "b",
      QUATRAIN_S3_ACCESS_KEY: "s3cret-access",
      QUATRAIN_S3_SECRET_KEY: "s3cret-secret",
    };
    const config = loadConfig({}, environment);
    expect(JSON.stringify(config)).not.toContain("s3cret");
    expect(inspect(config, { depth: 9, showHidden: true })).not.toContain("s3cret");
    expect(`${config.apiKey}`).toBe("[secret]");
    expect(config.apiKey?.reveal()).toBe("s3cret-key");
    const fault = faultOf({ DATABASE_URL: "mysql://me:s3cret@db/quatrain", QUATRAIN_PORT: "-1" });
    expect(fault.message).toContain("DATABASE_URL: must be a URL that starts with postgres://");
    expect(inspect(fault)).not.toContain("s3cret");
  });

  test.each([
    ["500000000", 500_000_000],
    ["500 MB", 500 * 2 ** 20],
    ["1.5k", 1_536],
    ["20GiB", 20 * 2 ** 30],
    ["1t", 2 ** 40],
  ])("reads %s as bytes", (text, bytes) => {
    expect(loadConfig({}, { QUATRAIN_DISK_QUOTA: text }).disk.quotaBytes).toBe(bytes);
  });

  test.each(["-1", "1e9", "5 pounds", "99999999t", "NaN"])("refuses %s as bytes", (text) => {
    expect(faultOf({ QUATRAIN_DISK_QUOTA: text }).message).toContain("QUATRAIN_DISK_QUOTA");
  });

  test.each([
    { BDI_CORESET_RATE: "0x1" },
    { BDI_CORESET_RATE: "2" },
    { QUATRAIN_RATE_LIMIT: "1.5" },
    { QUATRAIN_INSECURE: "perhaps" },
    { QUATRAIN_TRUSTED_PROXY: "10.0.0.0/8,proxy.example" },
    { QUATRAIN_TRUSTED_PROXY: "0.0.0.0/0" },
    { QUATRAIN_TRUSTED_PROXY: "10.0.0.1/33" },
    { BDI_CORS_ORIGINS: "localhost:3000" },
    { QUATRAIN_S3_ENDPOINT: "localhost:9000" },
  ])("refuses %o at the start, not at the first request", (environment) => {
    expect(faultOf(environment)).toMatchObject({ code: "invalid_settings" });
  });

  test("takes networks of proxies, and origins with or without a slash at the end", () => {
    const config = loadConfig(
      {},
      {
        QUATRAIN_TRUSTED_PROXY: "loopback, 10.0.0.0/8,fd00::/8,::1",
        BDI_CORS_ORIGINS: "https://a.example/,http://b:81",
      },
    );
    expect(config.listen.trustedProxies).toEqual(["loopback", "10.0.0.0/8", "fd00::/8", "::1"]);
    expect(config.inspection.corsOrigins).toEqual(["https://a.example", "http://b:81"]);
  });

  test("names what looks like ours and is not: probably a typing mistake", () => {
    const environment = { QUATRAIN_PROT: "1", BDI_X: "1", QUATRAIN_CONFIG: "", QUATRAIN_URL: "x", HOME: "/" };
    expect(loadConfig({}, environment).unknownSettings).toEqual(["QUATRAIN_PROT", "BDI_X"]);
  });

  test.each([
    [{ QUATRAIN_S3_ENDPOINT: "http://s3" }, "needs QUATRAIN_S3_BUCKET"],
    [{ QUATRAIN_S3_BUCKET: "b" }, "needs QUATRAIN_S3_ACCESS_KEY"],
    [{ QUATRAIN_ROLES: "api" }, "needs DATABASE_URL"],
    [{ QUATRAIN_ROLES: "api", DATABASE_URL: "postgres://x/y" }, "QUATRAIN_S3_BUCKET or QUATRAIN_SHARED_DATA"],
    [{ BDI_REQUIRE_CUDA: "1" }, "BDI_REQUIRE_CUDA"],
    [{ INSPECTION_PORT: "8080" }, "a port of its own"],
  ])("%o do not go together", (environment, words) => {
    expect(faultOf(environment).message).toContain(words);
  });

  test("one system by name speaks its dialect alone; all systems by default do not", () => {
    expect(loadConfig({ QUATRAIN_ONLY: "inspection" }, {}).onlyOne).toBe(true);
    expect(loadConfig({}, {}).onlyOne).toBe(false);
  });

  test("the older name of the key is the key too", () => {
    expect(loadConfig({}, { API_KEY: "old" }).apiKey?.reveal()).toBe("old");
    expect(loadConfig({}, { API_KEY: "old", QUATRAIN_API_KEY: "new" }).apiKey?.reveal()).toBe("new");
  });
});

describe("the config file", () => {
  let folder: string;
  let path: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "quatrain-config-"));
    path = join(folder, "quatrain.json");
  });

  afterEach(() => rm(folder, { recursive: true }));

  test("is weaker than the environment; numbers, truth values and lists are taken as they are", async () => {
    const file = { QUATRAIN_PORT: 1, QUATRAIN_HOST: "::1", QUATRAIN_INSECURE: true, QUATRAIN_ROLES: ["api"] };
    await writeFile(path, `\uFEFF${JSON.stringify({ ...file, DATABASE_URL: null })}`);
    const environment = {
      QUATRAIN_CONFIG: ` ${path} `,
      QUATRAIN_PORT: "2",
      DATABASE_URL: "postgres://db/q",
      QUATRAIN_SHARED_DATA: "1",
    };
    const config = loadConfig({}, environment);
    expect(config.listen).toMatchObject({ port: 2, host: "::1", insecure: true });
    expect(config.roles).toEqual(["api"]);
  });

  test("names unknown and impossible entries, inherited names included", async () => {
    await writeFile(
      path,
      '{"QUATRAIN_PROT": 1, "toString": 1, "QUATRAIN_DATA_DIR": {}, "QUATRAIN_PORT": "x"}',
    );
    expect(faultOf({ QUATRAIN_CONFIG: path })).toMatchObject({ details: { faults: { length: 4 } } });
  });

  test("that is no JSON object is refused, and its text is not shown", async () => {
    for (const text of ["[]", '"x"', "null", '{\n"QUATRAIN_API_KEY": "s3cret" oops}', ""]) {
      await writeFile(path, text);
      const fault = faultOf({ QUATRAIN_CONFIG: path });
      expect(fault).toMatchObject({ code: "invalid_settings", message: expect.stringContaining(path) });
      expect(inspect(fault)).not.toContain("s3cret");
    }
    expect(faultOf({ QUATRAIN_CONFIG: join(folder, "none") }).message).toContain("ENOENT");
  });
});

test.each([
  ["127.0.0.1", true],
  ["127.8.9.1", true],
  ["localhost", true],
  ["::1", true],
  ["[::1]", true],
  ["::ffff:127.0.0.1", true],
  ["0.0.0.0", false],
  ["::", false],
  ["127.0.0.1.example.com", false],
  ["192.168.0.1", false],
])("%s is loopback: %s", (host, expected) => {
  expect(isLoopback(host)).toBe(expected);
});
