/**
 * Builds the console into `console/dist/`, compressed copies included; the launcher calls it before it serves.
 *
 *     node scripts/build-console.ts               builds
 *     node scripts/build-console.ts --if-changed  does nothing where the last build is of the same sources
 */
import { createHash } from "node:crypto";
import { existsSync, globSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const HOME = fileURLToPath(new URL("../", import.meta.url));
const DIST = join(HOME, "console/dist");
const STAMP = join(DIST, ".sources"); // written last, so that half a build never counts
const SOURCES = [
  "console/src/**/*",
  "console/public/*",
  "console/*.{ts,json,html}",
  "src/{contracts,client}/**/*.ts",
];
const COMPRESSED = /\.(js|css|html|svg|json)$/;

const sources = hashOfSources();
const isBuilt = existsSync(STAMP) && readFileSync(STAMP, "utf8") === sources;
if (!(process.argv.includes("--if-changed") && isBuilt)) await build();

function hashOfSources(): string {
  const hash = createHash("sha256").update(readFileSync(join(HOME, "package-lock.json")));
  const files = SOURCES.flatMap((pattern) => globSync(pattern, { cwd: HOME, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  for (const file of files.sort()) hash.update(`${file.slice(HOME.length)}\0`).update(readFileSync(file));
  return hash.digest("hex");
}

async function build(): Promise<void> {
  rmSync(STAMP, { force: true });
  process.env.NODE_ENV = "production"; // whoever calls, tests say: what is served is React without its warnings
  const { build } = await import("vite"); // half a second that an unchanged console does not pay
  await build({ configFile: join(HOME, "console/vite.config.ts"), logLevel: "warn" });
  for (const name of readdirSync(DIST, { recursive: true, encoding: "utf8" })) {
    if (!COMPRESSED.test(name)) continue;
    const bytes = readFileSync(join(DIST, name));
    writeFileSync(join(DIST, `${name}.gz`), gzipSync(bytes, { level: 9 }));
    const params = { [constants.BROTLI_PARAM_QUALITY]: 9 };
    writeFileSync(join(DIST, `${name}.br`), brotliCompressSync(bytes, { params }));
  }
  writeFileSync(STAMP, sources);
}
