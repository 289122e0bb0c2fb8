import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { ADMIN, CHROMIUM, type Visit, visit } from "../support/browser.ts";
import { postJson } from "../support/requests.ts";
import { startServer } from "../support/server-process.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { stripesForm, stripesPng } from "../support/training-place.ts";

const KINDS = ["across", "down", "slanting"];
const SMALL = { preprocessing: { image_size: 32 }, seed: 7 };

/** `stripes/<kind>/<n>.png`, one picture twice and one that is none. @returns the folder */
async function stripesFolder(each: number): Promise<string> {
  const folder = join(await temporaryFolder(), "stripes");
  for (const [direction, name] of KINDS.entries()) {
    await mkdir(join(folder, name), { recursive: true });
    for (let index = 0; index < each; index++) {
      const content = await stripesPng(direction, Math.min(index, each - 2));
      await writeFile(join(folder, name, `${index}.png`), await content.bytes());
    }
  }
  await writeFile(join(folder, "down", "broken.png"), "this is no picture");
  return folder;
}

/** Asks the server beside the console, as the administrator. */
async function asked({ server }: Visit) {
  const { body } = await postJson(`${server.url}/api/v1/auth/login`, ADMIN);
  const headers = { authorization: `Bearer ${body.access_token}` };
  const post = async (path: string, sent?: FormData | object) => {
    const isForm = sent instanceof FormData;
    const type = isForm || sent === undefined ? {} : { "content-type": "application/json" };
    const answer = await fetch(`${server.url}/api/v1${path}`, {
      method: "POST",
      headers: { ...headers, ...type },
      body: isForm || sent === undefined ? (sent ?? null) : JSON.stringify(sent),
    });
    expect(answer.ok, path).toBe(true);
    return (await answer.json()) as { id: string & number };
  };
  return {
    async dataset() {
      const form = await stripesForm(8);
      form.set("name", "Drawn stripes");
      form.set("format", "imagefolder");
      return (await post("/datasets", form)).id;
    },
    async job(dataset: string, epochs: number, name: string, advanced: object = SMALL) {
      const basics = { framework: "quatrain", model_name: "cnn4", task_type: "image_classification" };
      const config = { ...basics, dataset_id: dataset, epochs, batch_size: 4, advanced_config: advanced };
      const { id } = await post("/training/jobs", { experiment_name: name, config });
      await post(`/training/jobs/${id}/start`);
      return id;
    },
  };
}

describe.skipIf(!CHROMIUM)("training in the console", () => {
  it("makes a dataset of a folder, trains on it, and shows curves, mistakes and guesses", async () => {
    const { page, signIn, open, allow, expectAccessible, picture } = await visit();
    allow(/422/); // the judgement of a batch size that is no number
    await open("/training");
    await page.getByText("This part needs you to sign in").waitFor();
    await signIn();
    await open("/training/datasets");
    await page.locator("input[webkitdirectory]").setInputFiles(await stripesFolder(6));
    await page.getByText(/^19 files/).waitFor();
    await expect.poll(() => page.getByLabel("Name").inputValue()).toBe("stripes");
    await expectAccessible();
    await page.getByRole("button", { name: "Make the dataset" }).click();

    await page.getByRole("heading", { name: "stripes" }).waitFor();
    await page.getByRole("cell", { name: "slanting" }).waitFor();
    await page.getByRole("cell", { name: /broken\.png/ }).waitFor();
    await page.getByRole("button", { name: "Look for duplicates" }).click();
    await page.getByText(/Groups of the same/).waitFor();
    await page.getByLabel("Class", { exact: true }).selectOption("across");
    await page.getByText("6 pictures").waitFor();
    await expectAccessible();
    await picture("training-dataset");

    await page.getByRole("link", { name: "Train on it" }).click();
    await page.getByLabel("Model", { exact: true }).selectOption("quatrain/cnn4");
    await page.getByLabel("Epochs", { exact: true }).fill("4");
    await page.getByLabel("Batch size", { exact: true }).fill("none");
    await page.getByText("not valid").waitFor();
    await page.getByLabel("Batch size", { exact: true }).fill("4");
    await page.getByText("valid", { exact: true }).waitFor();
    await page.getByText(/^Mixed Precision:/).waitFor(); // the preset asks for it, the engine cannot
    await page.getByLabel("Name of the experiment", { exact: true }).fill("First try");
    await page.locator("summary", { hasText: "Preprocessing" }).click();
    await page.getByLabel("Image Size (pixels)").fill("32");
    await expectAccessible();
    await picture("training-new-job");
    await page.getByRole("button", { name: "Start training" }).click();

    await page.getByRole("heading", { name: "First try" }).waitFor();
    await page.locator(".job-state .tag.good", { hasText: "done" }).waitFor({ timeout: 60_000 });
    await page.getByRole("heading", { name: "Loss by step" }).waitFor();
    await expect.poll(() => page.locator(".line-chart canvas").count()).toBe(4);
    await expectAccessible();
    await picture("training-curves");

    await page.getByRole("tab", { name: "Validation" }).click();
    await page.locator(".confusion td > button").first().click();
    const behind = page.getByRole("dialog").locator("img").first();
    await expect
      .poll(() => behind.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth))
      .toBe(24);
    await expectAccessible();
    await picture("training-cell");
    await page.keyboard.press("Escape");
    await page.getByRole("heading", { name: "Hardest pictures" }).waitFor();
    await expectAccessible();
    await picture("training-validation");
    await page.getByRole("tab", { name: "Log" }).click();
    await page.getByText(/Epoch 4 of 4: loss/).waitFor();
    await expectAccessible();
    await picture("training-log");
    await page.getByRole("tab", { name: "Checkpoints" }).click();
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "ONNX", exact: true }).first().click();
    expect((await download).suggestedFilename()).toMatch(/^cnn4-job-1-epoch-\d+\.onnx$/);
    await expectAccessible();
    await picture("training-checkpoints");
    await page.getByRole("tab", { name: "Settings" }).click();
    await page.getByRole("cell", { name: "mixed_precision" }).waitFor();
    await expectAccessible();
    await picture("training-settings");
    await page.getByRole("tab", { name: "Try a picture" }).click();
    const buffer = Buffer.from(await (await stripesPng(1, 99)).bytes());
    await page.locator("input[type=file]").setInputFiles({ name: "new.png", mimeType: "image/png", buffer });
    await page.getByText(/Model of epoch/).waitFor();
    await expect.poll(() => page.locator(".guesses tbody tr").count()).toBe(3);
    await expectAccessible();
    await picture("training-try");
  });

  it("follows a job live, stops it, and resumes it; compares two jobs", async () => {
    const visited = await visit({ dark: true });
    const { page, signIn, open, expectAccessible, picture } = visited;
    const { dataset, job } = await asked(visited);
    const stripes = await dataset();
    await job(stripes, 2, "Short");
    const long = await job(stripes, 1_000, "Long", { ...SMALL, label_smoothing: 0.1 });
    await signIn();
    await open(`/training/jobs/${long}`);
    await page.getByText("live", { exact: true }).waitFor();
    await page.getByText(/Epoch [1-9]\d* of 1000/).waitFor({ timeout: 60_000 });
    await expectAccessible();
    await picture("training-live-dark");
    await page.getByRole("button", { name: "Stop" }).click();
    await page.locator(".job-state .tag.warn", { hasText: "stopped" }).waitFor();
    await page.getByRole("button", { name: "Resume" }).click();
    await page.getByText("live", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Stop" }).click();
    await page.locator(".job-state .tag.warn", { hasText: "stopped" }).waitFor();

    await page.getByRole("link", { name: "Training jobs" }).click();
    await page.getByLabel("Compare job 1").check();
    await page.getByLabel("Compare job 2").check();
    await expectAccessible();
    await picture("training-jobs-dark");
    await page.getByRole("link", { name: "Compare 2 jobs" }).click();
    await page.getByRole("rowheader", { name: "label_smoothing" }).waitFor();
    await page.locator(".line-chart canvas").waitFor();
    await expectAccessible();
    await picture("training-compare-dark");
  });

  it("keeps what was typed and chosen when the session ends or the server goes in the middle of an upload", async () => {
    const { page, context, signIn, open, allow, server, dataDir } = await visit();
    allow(/Failed to load resource|ERR_/);
    await signIn();
    await open("/training/datasets");
    await page.locator("input[webkitdirectory]").setInputFiles(await stripesFolder(3));
    await page.getByLabel("Name").fill("Kept");
    await context.clearCookies();
    await page.getByRole("button", { name: "Make the dataset" }).click();
    await page.getByText("Your session has ended").waitFor();
    await page.locator(".sign-in input[type=email]").fill(ADMIN.email);
    await page.locator(".sign-in input[type=password]").fill(ADMIN.password);
    await page.keyboard.press("Enter");
    await page.getByText(/^10 files/).waitFor();

    await server.end("SIGKILL");
    await page.getByRole("button", { name: "Make the dataset" }).click();
    await page.getByText("The server cannot be reached").first().waitFor();
    await page.getByText("Nothing has been kept yet").waitFor();
    await expect.poll(() => page.getByLabel("Name").inputValue()).toBe("Kept");
    const again = await startServer({
      dataDir,
      options: ["--port", new URL(server.url).port],
    });
    onTestFinished(() => again.end("SIGTERM").then(() => undefined));
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("heading", { name: "Kept" }).waitFor();
  });
});
