import { describe, expect, it, onTestFinished } from "vitest";
import { ADMIN, CHROMIUM, visit } from "../support/browser.ts";
import { startServer } from "../support/server-process.ts";

describe.skipIf(!CHROMIUM)("the console", () => {
  it("shows the systems and their health to everybody, in light and dark, with no fault for axe", async () => {
    for (const dark of [false, true]) {
      const { page, server, expectAccessible, picture } = await visit({ dark });
      await page.goto(server.url);
      await page.getByRole("heading", { name: "Overview" }).waitFor();
      await expect.poll(() => page.locator(".cards > li .tag.good").count()).toBe(4);
      await expectAccessible();
      await picture(`overview-${dark ? "dark" : "light"}`);
    }
  });

  it("signs an administrator in and out; a wrong password is said beside the field", async () => {
    const { page, open, allow, expectAccessible, picture } = await visit();
    allow(/401/); // the answer to a wrong password
    await open();
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByLabel("E-mail").fill(ADMIN.email);
    await page.getByLabel("Password").fill("a guess");
    await page.getByRole("dialog").getByRole("button", { name: "Sign in" }).click();
    await page.getByText("Incorrect email or password").waitFor();
    await expect.poll(() => page.getByLabel("E-mail").inputValue()).toBe(ADMIN.email);
    await page.getByLabel("Password").fill(ADMIN.password);
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "Users and keys" }).click();
    await page.getByRole("cell", { name: ADMIN.email }).waitFor();
    await expectAccessible();
    await picture("accounts");
    await page.getByRole("tab", { name: "API keys" }).click();
    await page.getByRole("button", { name: "Create key" }).click();
    await page.getByLabel("Name").fill("robot");
    await page.getByRole("dialog").getByRole("button", { name: "Create key" }).click();
    await expect.poll(() => page.getByLabel(/Copy the key now/).inputValue()).toMatch(/^qtn_/);
    await page.getByRole("button", { name: "Close" }).click();
    await page.getByRole("cell", { name: "robot" }).waitFor();
    await page.locator(".account-menu summary").click();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("button", { name: "Sign in" }).first().waitFor();
  });

  it.each([
    ["es", "Resumen"],
    ["pt", "Visão geral"],
    ["ko", "개요"],
  ])("speaks %s, and remembers what was chosen", async (language, title) => {
    const { page, open, picture } = await visit({ language });
    await open();
    await page.getByRole("heading", { name: title }).waitFor();
    await picture(`overview-${language}`);
    await page.locator(".account-menu summary").click();
    await page.locator(".account-menu select").first().selectOption("en");
    await page.getByRole("heading", { name: "Overview" }).waitFor();
    await page.reload();
    await page.getByRole("heading", { name: "Overview" }).waitFor();
    await expect.poll(() => page.locator("html").getAttribute("lang")).toBe("en");
  });

  it("can be used by the keyboard alone", async () => {
    const { page, open } = await visit();
    await open();
    await page.keyboard.press("Tab");
    await expect.poll(() => page.evaluate("document.activeElement.textContent")).toBe("Skip to the content");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.evaluate("document.activeElement.id")).toBe("content");
  });

  it("says that the server is away, keeps what is shown, and goes on when it is back", async () => {
    const { page, open, allow, server, dataDir } = await visit();
    allow(/Failed to load resource|ERR_/);
    await open();
    await page.locator(".cards > li .tag.good").first().waitFor();
    await server.end("SIGKILL");
    await page.getByText("The server cannot be reached").waitFor();
    await expect.poll(() => page.locator(".cards > li").count()).toBe(4);
    const again = await startServer({ dataDir, options: ["--port", new URL(server.url).port] });
    onTestFinished(() => again.end("SIGTERM").then(() => undefined));
    await page.getByText("The server cannot be reached").waitFor({ state: "detached" });
  });
});
