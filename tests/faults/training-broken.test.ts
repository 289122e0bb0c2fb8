import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { stripesPng, type TrainingPlace, trainingPlace } from "../support/training-place.ts";

/** Runs that cannot go on: the job fails with what to do, and what was good before stays good. */

/** What the job's best checkpoint makes of a picture. */
async function predictionsOf(place: TrainingPlace, job: number): Promise<string[]> {
  const form = new FormData();
  form.set("training_job_id", String(job));
  form.append("file", await stripesPng(0, 0), "picture.png");
  const { predictions } = await place.get("POST", "/test-inference", form);
  return predictions.map(({ label }: { label: string }) => label).sort();
}

describe("a loss that is no number any more", () => {
  it("fails the job with the epoch, the learning rate and advice; the last good checkpoint predicts", async () => {
    const place = await trainingPlace();
    await place.start();
    // a first epoch of tiny steps, then far too large ones
    const job = await place.started(
      await place.stripes(),
      {
        optimizer: { type: "sgd", learning_rate: 1, momentum: 0.99, weight_decay: 10 },
        scheduler: { type: "none", warmup_epochs: 1, warmup_lr: 1e-7 },
        preprocessing: { image_size: 32, mean: [0, 0, 0], std: [0.001, 0.001, 0.001] },
      },
      { model_name: "small", epochs: 30 },
    );
    const failed = await place.until(job, "failed");
    expect(failed).toMatchObject({ error_code: "nan_loss" });
    expect(failed.error_message).toMatch(
      /In epoch \d+, step \d+, .* at a learning rate of 1\. Set advanced_config\.optimizer\.learning_rate to 0\.1 or less/,
    );
    const { checkpoints } = await place.get("GET", `/training/jobs/${job}/checkpoints`);
    expect(checkpoints.map(({ epoch }: { epoch: number }) => epoch)).toContain(1);
    expect(await predictionsOf(place, job)).toEqual(["across", "down", "slanting"]);
    expect(await place.children()).toEqual(new Map());
    expect(await place.workUnderWay()).toEqual([]);
  });
});

/** Whether a file system of memory can be mounted here: as root on Linux, outside most containers. */
function canMount(): boolean {
  try {
    execFileSync("unshare", ["--mount", "mount", "-t", "tmpfs", "none", "/tmp"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** Puts a folder on a disk of its own, of so many MB, which goes with the test. */
async function smallDisk(folder: string, megabytes: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m`, "none", folder]);
  onTestFinished(() => void execFileSync("umount", ["--lazy", folder]));
}

/** Every epoch's checkpoint is kept: about 4 MB each, until nothing fits any more. */
const HOARDING = { checkpoint_interval: 1, keep_n_checkpoints: 100, ema_decay: 0.9 };

async function hoard(place: TrainingPlace): Promise<void> {
  await place.start();
  const job = await place.started(await place.stripes(), HOARDING, { epochs: 20 });
  const failed = await place.until(job, "failed");
  expect(failed.status).toBe("failed");
  expect(["disk_full", "disk_quota_exceeded"]).toContain(failed.error_code);
  expect(failed.error_message).toMatch(/Delete what is no longer needed|Make room/);
  expect(failed.error_message).toMatch(
    /start the job again (with resume=true )?to (go on|continue) from there/,
  );
  expect(failed.restarts).toBe(0);
  expect(await place.children()).toEqual(new Map());
  expect(await place.workUnderWay()).toEqual([]);

  const { checkpoints } = await place.get("GET", `/training/jobs/${job}/checkpoints`);
  expect(checkpoints.length).toBeGreaterThan(1);
  for (const { name, sha256 } of checkpoints) expect(await hashOf(place, job, name)).toBe(sha256);
  expect(await predictionsOf(place, job)).toEqual(["across", "down", "slanting"]);

  // room is made, and the run goes on where it was
  for (const { name, roles } of checkpoints) {
    if (!roles.includes("last")) await place.get("DELETE", `/training/jobs/${job}/checkpoints/${name}`);
  }
  const epoch = failed.current_epoch;
  await place.get("POST", `/training/jobs/${job}/start?resume=true`);
  await expect
    .poll(async () => (await place.get("GET", `/training/jobs/${job}`)).current_epoch)
    .toBeGreaterThan(epoch);
  expect((await place.ask("GET", "/auth/me")).status).toBe(200);
}

async function hashOf(place: TrainingPlace, job: number, name: string): Promise<string> {
  const { authorization } = place.credentials();
  const url = `${place.server().url}/api/v1/training/jobs/${job}/checkpoints/${name}`;
  const bytes = await (await fetch(url, { headers: { authorization } })).arrayBuffer();
  return createHash("sha256").update(Buffer.from(bytes)).digest("hex");
}

describe("a disk that is full", () => {
  it("fails the job by its quota, keeps what was stored, and lets it go on once there is room", async () => {
    await hoard(await trainingPlace({ QUATRAIN_DISK_QUOTA: "14MB" }));
  });

  it.skipIf(!canMount())("does the same where the store has really no room", async () => {
    const place = await trainingPlace({ QUATRAIN_MIN_FREE_DISK: "0" });
    await smallDisk(join(place.dataDir, "training"), 14);
    await hoard(place);
  });

  it.skipIf(!canMount())("does the same where nothing else has room either", async () => {
    const place = await trainingPlace({ QUATRAIN_MIN_FREE_DISK: "0" });
    await smallDisk(place.dataDir, 18);
    await hoard(place);
  });

  it.skipIf(!canMount())(
    "makes the job wait where somebody else fills all of it, database included",
    async () => {
      const place = await trainingPlace({ QUATRAIN_MIN_FREE_DISK: "0" });
      await smallDisk(place.dataDir, 30);
      await place.start();
      const job = await place.started(await place.stripes(), { max_restarts: 100 }, { epochs: 12 });
      await place.untilEpoch(job, 1);
      const ballast = join(place.dataDir, "ballast");
      const fill = () => execFileSync("dd", ["if=/dev/zero", `of=${ballast}`, "bs=4k"], { stdio: "ignore" });
      expect(fill).toThrow(); // no space left on device
      await expect.poll(async () => (await place.children()).size).toBe(0);
      expect(await place.get("GET", `/training/jobs/${job}`)).toMatchObject({ error_message: null });
      await rm(ballast);
      await place.until(job, "completed");
      expect(await place.rows(job)).toHaveLength(12);
    },
  );
});
