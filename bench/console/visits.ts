import { type BrowserContext, type CDPSession, chromium, type Page } from "playwright-core";

const CHROMIUM = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";

/** Who looks. */
export const ADMIN = { email: "admin@bench.example", password: "correct horse battery" };

/**
 * Opens an address so often, and prints from the address to what can be used, with the processor time that the page took
 * and what came over the wire. The first visit loads the scripts, the others find them in the cache.
 */
export async function visitPage(
  url: string,
  path: string,
  isReady: (page: Page) => Promise<unknown>,
  visits = 5,
): Promise<void> {
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ["--no-sandbox", "--disable-dev-shm-usage"],
  });
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  await context.request.post(`${url}/_/api/session`, { data: ADMIN });
  for (let visit = 1; visit <= visits; visit++) await visitOnce(context, url, path, isReady, visit);
  await browser.close();
}

async function visitOnce(
  context: BrowserContext,
  url: string,
  path: string,
  isReady: (page: Page) => Promise<unknown>,
  visit: number,
): Promise<void> {
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Performance.enable");
  await devtools.send("Network.enable");
  let wire = 0;
  let code = 0;
  const files = new Map<string, boolean>();
  devtools.on("Network.responseReceived", ({ requestId, response }) =>
    files.set(requestId, /\/console(\/|$)/.test(new URL(response.url).pathname)),
  );
  devtools.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    wire += encodedDataLength;
    if (files.get(requestId)) code += encodedDataLength;
  });
  const begun = performance.now();
  await page.goto(url + path);
  await isReady(page);
  await page.evaluate("new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)))");
  const wall = performance.now() - begun;
  const { TaskDuration: tasks, ScriptDuration: script } = await figuresOf(devtools);
  console.log(
    `visit ${visit}: interactive after ${wall.toFixed(0)} ms, page busy ${ms(tasks)}, scripts ${ms(script)}, ` +
      `${kB(code)} of the console, ${kB(wire - code)} of data`,
  );
  await page.close();
}

async function figuresOf(devtools: CDPSession): Promise<Record<string, number>> {
  const { metrics } = await devtools.send("Performance.getMetrics");
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
}

function ms(seconds = 0): string {
  return `${(1_000 * seconds).toFixed(0)} ms`;
}

function kB(bytes: number): string {
  return `${(bytes / 1_000).toFixed(0)} kB`;
}
