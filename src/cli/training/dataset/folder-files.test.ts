import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { listFolder } from "./folder-files.ts";

async function folderOf(paths: readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "quatrain-folder-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const path of paths) {
    await mkdir(join(folder, dirname(path)), { recursive: true });
    await writeFile(join(folder, path), "x");
  }
  return folder;
}

test("a folder stands for its annotations, then its pictures, by their relative paths", async () => {
  const folder = await folderOf([
    "train/b/2.JPG",
    "train/a/1.png",
    "train/a/.hidden.png",
    ".git/3.png",
    "__MACOSX/4.png",
    "Thumbs.db",
    "data.yaml",
    "labels/train/1.txt",
    "README",
    "weights.pt",
  ]);
  await symlink(join(folder, "train"), join(folder, "again"));
  const { files, others, links } = await listFolder(folder);
  expect(files.map(({ relative }) => relative)).toEqual([
    "data.yaml",
    "labels/train/1.txt",
    "train/a/1.png",
    "train/b/2.JPG",
  ]);
  expect(files[2]).toEqual({ relative: "train/a/1.png", path: join(folder, "train/a/1.png"), bytes: 1 });
  expect({ others, links }).toEqual({ others: 2, links: 1 });
});

test("a folder without a picture is refused", async () => {
  const folder = await folderOf(["notes.txt"]);
  await expect(listFolder(folder)).rejects.toThrow(`There are no pictures in ${folder}`);
});
