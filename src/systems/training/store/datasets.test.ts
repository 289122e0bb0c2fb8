import { expect, test } from "vitest";
import { describeEachDatabase } from "../../../platform/db/testing.ts";
import { aDataset, aFile, hashOf, openTestStore } from "./testing.ts";

const everybody = { userId: null, seesAll: true };
const content = (changes: object = {}) => ({ ...aDataset("d1"), ...changes });

describeEachDatabase("training datasets", (open) => {
  test("come back as they were stored, with their files", async () => {
    const { datasets, datasetWriter } = await openTestStore(open);
    const dataset = aDataset("d1", { name: "꽃 🌸", description: "x", projectId: 4 });
    const boxes = [{ label: 1, x: 1, y: 2, width: 3, height: 4 }];
    const files = [
      aFile("a/1.png", { boxes, split: "val", label: 1 }),
      aFile("b/2.png", {
        problem: "broken",
        width: null,
        height: null,
        look: null,
        split: null,
        label: null,
      }),
      aFile("labels.json", { isImage: false, split: null, label: null }),
    ];
    await datasetWriter.addDataset(dataset, files);
    expect(await datasets.findDataset("d1")).toEqual(dataset);
    expect(await datasets.listFiles("d1")).toEqual(files);
    expect(await datasets.findFile("d1", "a/1.png")).toEqual(files[0]);
    expect(await datasets.findFile("d1", "a")).toBeNull();
    expect(await datasets.findDataset("d2")).toBeNull();
    const page = { skip: 0, limit: 10 };
    expect((await datasets.listImages("d1", {}, page)).images).toEqual(files.slice(0, 2));
    expect((await datasets.listImages("d1", { split: "val", label: 1 }, page)).total).toBe(1);
    expect((await datasets.listImages("d1", {}, { skip: 1, limit: 1 })).images).toEqual([files[1]]);
    expect(await datasets.bytesOf(1)).toBe(200);
    expect(await datasets.bytesOf(2)).toBe(0);
  });

  test("are listed newest first, as the viewer may see them", async () => {
    const { datasets, datasetWriter } = await openTestStore(open);
    const add = (id: string, changes: object) => datasetWriter.addDataset(aDataset(id, changes), []);
    await add("a", { createdAt: 1, format: "dice", name: "Ärzte" });
    await add("b", { createdAt: 3, projectId: 2, ownerId: 2 });
    await add("c", { createdAt: 2, ownerId: 2, visibility: "public", imageCount: 0 });
    const ids = async (userId: number | null, filter: object = {}) => {
      const viewer = userId === null ? everybody : { userId, seesAll: false };
      const { datasets: found, total } = await datasets.listDatasets(viewer, filter, { skip: 0, limit: 10 });
      expect(total).toBe(found.length);
      return found.map(({ id }) => id).join("");
    };
    expect(await ids(null)).toBe("bca");
    expect(await ids(1)).toBe("ca");
    expect(await ids(2)).toBe("bc");
    expect(await ids(null, { trainable: true })).toBe("ba");
    expect(await ids(null, { format: "dice" })).toBe("a");
    expect(await ids(null, { projectId: 2 })).toBe("b");
    expect(await ids(null, { search: "Ärz" })).toBe("a");
    expect(await ids(null, { search: "DATASET" })).toBe("bc");
  });

  test("are changed by whoever read them last; the others are told", async () => {
    const { datasets, datasetWriter } = await openTestStore(open);
    const many = Array.from({ length: 1_100 }, (_, index) => aFile(`${index}.png`));
    await datasetWriter.addDataset(aDataset("d1"), many);
    const remove = many.slice(0, 600).map(({ path }) => path);
    const change = { put: [aFile("700.png", { sha256: hashOf("new") }), aFile("added.png")], remove };
    const gone = await datasetWriter.changeFiles("d1", 1, change, content({ fileCount: 501 }));
    expect(gone).toHaveLength(601);
    expect(gone).toContain(hashOf("700.png"));
    expect(await datasets.listFiles("d1")).toHaveLength(501);
    expect(await datasets.findDataset("d1")).toMatchObject({ revision: 2, fileCount: 501 });
    expect(
      await datasetWriter.changeFiles("d1", 1, { put: [], remove: ["added.png"] }, content()),
    ).toBeNull();
    expect(await datasets.findFile("d1", "added.png")).not.toBeNull();
    const both = await Promise.all(
      ["x.png", "y.png"].map((path) =>
        datasetWriter.changeFiles("d1", 2, { put: [aFile(path)], remove: [] }, content()),
      ),
    );
    expect(both.filter((one) => one !== null)).toHaveLength(1);
  });

  test("go with their files; what a snapshot or another dataset holds stays", async () => {
    const { datasetWriter } = await openTestStore(open);
    const [a, b, c] = ["a", "b", "c"].map((path) => aFile(path));
    await datasetWriter.addDataset(aDataset("d1"), [a!, b!, c!]);
    await datasetWriter.addDataset(aDataset("d2"), [b!]);
    await datasetWriter.addSnapshot("s1", [c!.sha256, c!.sha256], 1, 1);
    const hashes = [a!, b!, c!].map(({ sha256 }) => sha256);
    expect(await datasetWriter.unheld(hashes)).toEqual([]);
    expect([...(await datasetWriter.deleteDataset("d1"))!].sort()).toEqual([...hashes].sort());
    expect(await datasetWriter.deleteDataset("d1")).toBeNull();
    expect(await datasetWriter.unheld(hashes)).toEqual([a!.sha256]);
  });
});

describeEachDatabase("frozen datasets", (open) => {
  test("hold their blobs while a job refers to them, and are written once", async () => {
    const { datasetWriter, queued, jobWriter } = await openTestStore(open);
    const blobs = Array.from({ length: 1_200 }, (_, index) => hashOf(String(index)));
    for (let time = 0; time < 2; time++) await datasetWriter.addSnapshot("s1", blobs, 1_200, 1);
    expect(await datasetWriter.holdsSnapshot("s1")).toBe(true);
    expect(await datasetWriter.holdsBlob("s1", blobs[7]!)).toBe(true);
    expect(await datasetWriter.holdsBlob("s2", blobs[7]!)).toBe(false);
    expect(await datasetWriter.unheld([...blobs, "free"])).toEqual(["free"]);
    const jobs = [await queued({}, { snapshot: "s1" }), await queued({}, { snapshot: "s1" })];
    for (const { id } of jobs) {
      expect(await datasetWriter.releaseSnapshot("s1", 2)).toBeNull();
      await jobWriter.stopWaiting(id);
      await jobWriter.deleteJob(id);
    }
    expect(await datasetWriter.releaseSnapshot("s1", 1)).toBeNull(); // too young: a start may be about to refer to it
    expect((await datasetWriter.releaseSnapshot("s1", 2))?.length).toBe(1_200);
    expect(await datasetWriter.holdsSnapshot("s1")).toBe(false);
    expect(await datasetWriter.unheld(blobs)).toHaveLength(1_200);
  });
});

describeEachDatabase("projects", (open) => {
  test("are made by name with the next number, by several at once too", async () => {
    const { projects, reopen } = await openTestStore(open);
    const { ProjectStore } = await import("./project-store.ts");
    const other = new ProjectStore(await reopen());
    const wish = { name: "P", description: null, ownerId: 1 };
    await projects.ensure({ projectId: 40, sessionId: null }, 1, 1);
    const made = await Promise.all(
      [1, 2, 3, 4].map((_, index) => [projects, other][index % 2]!.addProject(wish, 1)),
    );
    expect(made.map(({ id }) => id).sort()).toEqual([41, 42, 43, 44]);
  });

  test("are made when first named by number, once, and stay their maker's", async () => {
    const { projects, add, datasetWriter } = await openTestStore(open);
    await Promise.all([1, 2].map((owner) => projects.ensure({ projectId: 7, sessionId: 3 }, owner, 1)));
    await projects.ensure({ projectId: null, sessionId: 3 }, 1, 1);
    await projects.ensure({ projectId: null, sessionId: null }, 1, 1);
    const made = await projects.findProject(7);
    expect(made).toMatchObject({ id: 7, name: "Project 7" });
    expect(await projects.findProject(8)).toBeNull();
    expect(await projects.namesOf([7, 7, 8])).toEqual(
      new Map([[7, { name: "Project 7", ownerId: made!.ownerId }]]),
    );
    expect(await projects.namesOf([])).toEqual(new Map());
    await add({ projectId: 7 });
    await datasetWriter.addDataset(aDataset("d1", { projectId: 7 }), []);
    const page = { skip: 0, limit: 10 };
    const { projects: listed, total } = await projects.listProjects(everybody, page);
    expect([total, listed]).toMatchObject([1, [{ id: 7, jobCount: 1, datasetCount: 1 }]]);
    const stranger = { userId: 9, seesAll: false };
    expect((await projects.listProjects(stranger, page)).total).toBe(0);
  });
});
