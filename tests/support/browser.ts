import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { expect, onTestFinished } from "vitest";
import { type ServerProcess, startServer } from "./server-process.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** Debian's names for it, and what the operator names. */
const PLACES = [process.env.CHROMIUM_PATH, "/usr/bin/chromium", "/usr/bin/chromium-browser"];

/** A real Chromium; undefined where there is none: browser tests are skipped then, and vitest says so. */
export const CHROMIUM = PLACES.find((path) => path !== undefined && path !== "" && existsSync(path));

export const ADMIN = { email: "admin@console.example", password: "correct horse battery" };

/** A person at the console of a real server. */
export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly server: ServerProcess;
  readonly dataDir: string;
  /** Goes to a page below `/console`. */
  open(path?: string): Promise<void>;
  signIn(): Promise<void>;
  /** Faults that axe finds by WCAG 2.2 A and AA in what is shown now: there must be none. */
  expectAccessible(): Promise<void>;
  /** A picture of the whole page, for people, in the folder that QUATRAIN_TEST_SCREENSHOTS names. */
  picture(name: string): Promise<void>;
  /** Faults that the page may log: an answer that the test provokes. */
  allow(fault: RegExp): void;
}

/**
 * Opens the console of a fresh server in Chromium. At the test's end it must not have logged a fault, nor have asked
 * anybody but its own server for anything.
 */
export async function visit(
  options: { readonly language?: string; readonly server?: readonly string[]; readonly dark?: boolean } = {},
): Promise<Visit> {
  const dataDir = await temporaryFolder();
  const environment = { QUATRAIN_ADMIN_EMAIL: ADMIN.email, QUATRAIN_ADMIN_PASSWORD: ADMIN.password };
  const server = await startServer({ dataDir, environment, options: options.server });
  const browser: Browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ["--no-sandbox", "--disable-dev-shm-usage"],
  });
  const context = await browser.newContext({
    locale: options.language ?? "en",
    colorScheme: options.dark ? "dark" : "light",
    viewport: { width: 1280, height: 900 },
  });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const faults: string[] = [];
  const allowed: RegExp[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") faults.push(message.text());
  });
  page.on("pageerror", (error) => faults.push(`thrown: ${error.message}`));
  page.on("request", (request) => {
    const isOwn = request.url().startsWith(server.url) || /^(blob|data):/.test(request.url());
    if (!isOwn) faults.push(`foreign request: ${request.url()}`);
  });
  onTestFinished(async () => {
    await browser.close();
    await server.end("SIGTERM");
    expect(faults.filter((fault) => !allowed.some((pattern) => pattern.test(fault)))).toEqual([]);
  });
  return {
    page,
    context,
    server,
    dataDir,
    allow: (fault) => void allowed.push(fault),
    async open(path = "") {
      await page.goto(`${server.url}/console${path}`);
      await page.locator("h1").first().waitFor();
    },
    async signIn() {
      await page.goto(`${server.url}/console`);
      await page.locator("header.top > button").last().click();
      await page.locator("dialog input[type=email]").fill(ADMIN.email);
      await page.locator("dialog input[type=password]").fill(ADMIN.password);
      await page.locator("dialog button[type=submit]").click();
      await page.locator("dialog").waitFor({ state: "detached" });
    },
    async expectAccessible() {
      const { violations } = await new AxeBuilder({ page })
        .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
        .analyze();
      const described = violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`,
      );
      expect(described).toEqual([]);
    },
    async picture(name) {
      const folder = process.env.QUATRAIN_TEST_SCREENSHOTS;
      if (folder === undefined) return;
      mkdirSync(folder, { recursive: true });
      await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
    },
  };
}
