import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { CHROMIUM, visit } from "../support/browser.ts";
import { comicPage, grayPage } from "../support/drawn-comics.ts";
import { pngOf } from "../support/drawn-pictures.ts";

describe.skipIf(!CHROMIUM)("colorization in the console", () => {
  it("colours pages while one looks, compares, checks lines, takes a hint and locks a colour", async () => {
    const { page, dataDir, open, expectAccessible, picture } = await visit();
    const [reference, first, second] = await Promise.all(
      [comicPage(), grayPage(), grayPage(comicPage(260, 340))].map(async (drawn, index) => {
        const path = join(dataDir, `${index}.png`);
        await writeFile(path, Buffer.from(await (await pngOf(drawn)).arrayBuffer()));
        return path;
      }),
    );
    await open("/colorization");
    await page.getByRole("link", { name: "Colour a chapter" }).click();
    await page.getByLabel("Pages or a cbz").setInputFiles([first!, second!]);
    await page.getByLabel("Colour references").setInputFiles(reference!);
    await page.getByLabel("Chapter").fill("ch1");
    await expectAccessible();
    await picture("colorization-new");
    await page.getByRole("button", { name: "Colour", exact: true }).click();

    await page.getByRole("heading", { name: "ch1" }).waitFor();
    await page.getByRole("link", { name: "Download cbz" }).waitFor();
    await expect.poll(() => page.locator(".page-grid img").count()).toBe(2);
    await expectAccessible();
    await picture("colorization-job");

    await page.getByRole("link", { name: "Page 1" }).click();
    await page.getByRole("slider", { name: /Where the original ends/ }).fill("50");
    await page.locator(".before-after .pictures").click({ position: { x: 120, y: 200 } });
    await page.getByLabel("Character", { exact: true }).fill("Ann");
    await page.getByLabel("Part", { exact: true }).fill("coat");
    await page.getByRole("button", { name: "Keep this colour" }).click();
    await expect.poll(() => page.getByLabel("Character", { exact: true }).inputValue()).toBe("");
    await page.getByRole("button", { name: "Add hint" }).click();
    await expectAccessible();
    await picture("colorization-page");
    await page.getByRole("button", { name: "Colour this page again" }).click();
    await expect.poll(() => page.locator(".hints progress").count()).toBe(0);
    await page.getByRole("tab", { name: "Lines checked" }).click();
    await page.getByText("Panel 1:").waitFor();
    await expectAccessible();

    await page.getByRole("link", { name: "ch1" }).click();
    await page.getByRole("tab", { name: "Palette" }).click();
    await page.getByLabel("Lock Ann, coat").waitFor();
    await expect.poll(() => page.getByLabel("Lock Ann, coat").isChecked()).toBe(true);
    await page.getByLabel("Lock Ann, coat").click();
    await expect.poll(() => page.getByLabel("Lock Ann, coat").isChecked()).toBe(false);
    await expectAccessible();
    await picture("colorization-palette");
  });
});
