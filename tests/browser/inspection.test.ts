import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { CHROMIUM, type Visit, visit } from "../support/browser.ts";
import { discPng } from "../support/drawn-pictures.ts";

const SIDE = 224;

/** Discs as files: their paths. */
async function discs(
  { dataDir }: Visit,
  name: string,
  seeds: readonly number[],
  defect?: Parameters<typeof discPng>[1],
): Promise<string[]> {
  return Promise.all(
    seeds.map(async (seed) => {
      const path = join(dataDir, `${name}-${seed}.png`);
      await writeFile(path, Buffer.from(await (await discPng(seed, defect, SIDE)).arrayBuffer()));
      return path;
    }),
  );
}

describe.skipIf(!CHROMIUM)("inspection in the console", () => {
  it("learns good parts, calibrates, and finds the defect on the next part", async () => {
    const seen = await visit();
    const { page, open, allow, signIn, expectAccessible, picture } = seen;
    allow(/40[04]|422/); // not calibrated yet; a file that is no picture
    await signIn();
    await open("/inspection");
    await page.getByLabel("Role").fill("Inspection");
    await page.getByLabel("Region (ROI)").fill("disc");
    await expectAccessible();
    await page.getByRole("button", { name: "Open", exact: true }).click();
    await page.getByRole("heading", { name: "Inspection · disc" }).waitFor();

    const broken = join(seen.dataDir, "broken.png");
    await writeFile(broken, "not a picture");
    const good = await discs(seen, "good", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    await page.getByLabel("Pictures of good parts").setInputFiles([...good, broken]);
    await page.getByText("1 picture was refused:").waitFor();
    await page.getByText("Good parts (12)").waitFor({ state: "attached" });
    const scratched = await discs(seen, "bad", [101, 102], "scratch");
    await page.getByLabel("Pictures of bad parts").setInputFiles(scratched);
    await page.getByText("Bad parts (2)").waitFor({ state: "attached" });
    await expectAccessible();
    await picture("inspection-pictures");

    await page.getByRole("tab", { name: "Learn" }).click();
    await page.getByLabel("Engine").selectOption("fb98-fast");
    await page.getByRole("button", { name: "Learn the good parts" }).click();
    await page.getByText("Learned", { exact: true }).waitFor();
    await expectAccessible();

    await page.getByRole("tab", { name: "Calibration" }).click();
    await page.getByRole("button", { name: "Calibrate with the stored pictures" }).click();
    await page.getByRole("img", { name: "Scores of good and bad pictures" }).waitFor();
    const slider = page.getByRole("slider", { name: /^Threshold/ });
    await slider.fill(await slider.getAttribute("max").then((value) => value ?? ""));
    await page.getByText("2 of 2 bad").waitFor();
    await expectAccessible();
    await picture("inspection-calibration");

    await page.getByRole("tab", { name: "Try a picture" }).click();
    const [next] = await discs(seen, "next", [301], "scratch");
    await page.getByLabel("A picture of a part").setInputFiles(next!);
    await page.getByLabel("Circle").check();
    const box = (await page.locator(".try-picture svg").boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.98, box.y + box.height / 2, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => page.getByLabel("JSON").inputValue()).toContain('"kind":"circle"');
    await page.getByRole("button", { name: "Inspect", exact: true }).click();
    await page.getByText("Bad", { exact: true }).waitFor();
    await page.getByRole("button", { name: /Region 1/ }).click();
    await expectAccessible();
    await picture("inspection-try");

    await page.getByRole("tab", { name: "Versions" }).click();
    await page.getByText("in use").waitFor();
    await expectAccessible();
    await page.getByRole("tab", { name: "Drift" }).click();
    await page.getByText("Collecting: fifty inspections are needed").waitFor();
    await page.locator(".line-chart canvas").waitFor();
    await expectAccessible();
    await page.goto(`${seen.server.url}/console/inspection`);
    await page.getByRole("link", { name: "disc" }).waitFor();
  });
});
