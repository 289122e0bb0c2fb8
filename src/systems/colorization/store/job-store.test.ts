import { expect, test } from "vitest";
import { describeEachDatabase } from "../../../platform/db/testing.ts";
import { aJob, anExemplar, anOrder, openTestStores, somePages } from "./testing.ts";

const ticket = async (id: string) => `ticket_${id}`;
const DONE = { skipped: false, error: null, facts: { engine: "embedded" }, exemplars: null };

describeEachDatabase("colorization's jobs", (open) => {
  test("come back as they were asked for, newest first, also by chapter and by client", async () => {
    const { jobs } = await openTestStores(open);
    for (const [id, chapterId, clientId] of [
      ["job_1", "a", "me"],
      ["job_2", "b", null],
      ["job_3", "a", "me"],
    ] as const)
      await jobs.addJob(aJob(id, { order: anOrder({ chapterId }), clientId }), ticket);
    expect(await jobs.findJob("job_1")).toMatchObject({
      order: anOrder({ chapterId: "a" }),
      status: "queued",
      ticket: "ticket_job_1",
      planned: false,
    });
    expect(await jobs.findJob("job_4")).toBeNull();
    const ids = ({ jobs: list }: Awaited<ReturnType<typeof jobs.listJobs>>) => list.map(({ id }) => id);
    expect(ids(await jobs.listJobs(undefined, { offset: 0, limit: 2 }))).toEqual(["job_3", "job_2"]);
    expect(await jobs.listJobs("a", { offset: 1, limit: 5 })).toMatchObject({
      total: 2,
      jobs: [{ id: "job_1" }],
    });
    expect(await jobs.findByClient("me")).toMatchObject({ id: "job_3" });
    expect(await jobs.findByClient("nobody")).toBeNull();
  });

  test("are one for one Idempotency-Key, however many processes ask at once", async () => {
    const { jobs, reopen } = await openTestStores(open);
    const other = await reopen();
    const tickets: string[] = [];
    const added = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        (index % 2 ? other : jobs).addJob(
          aJob(`job_${index}`, { idempotency: { key: "k", bodyHash: "hash" } }),
          async (id) => {
            tickets.push(id);
            return id;
          },
        ),
      ),
    );
    expect(new Set(added.map(({ job }) => job.id)).size).toBe(1);
    expect(added.map(({ bodyHash }) => bodyHash)).toEqual(Array.from({ length: 8 }, () => "hash"));
    expect((await jobs.listJobs(undefined, { offset: 0, limit: 9 })).total).toBe(1);
    expect(tickets).toContain(added[0]?.job.ticket);
    // no key, no limit
    await jobs.addJob(aJob("job_a"), ticket);
    await jobs.addJob(aJob("job_b"), ticket);
    expect((await jobs.listJobs(undefined, { offset: 0, limit: 9 })).total).toBe(3);
  });

  test("count the passes of their pages, and keep why a page failed", async () => {
    const { jobs } = await openTestStores(open);
    await jobs.addJob(aJob("job_1"), ticket);
    expect(await jobs.begin("job_1")).toBe(true);
    const [first, ...others] = somePages(3);
    await jobs.plan("job_1", [{ ...first!, error: "not received" }, ...others]);
    await jobs.finishPass1("job_1", 2, { pass1Mode: "embedded" });
    expect(await jobs.findJob("job_1")).toMatchObject({
      totalPages: 3,
      pass1Done: 1,
      pass2Done: 0,
      planned: true,
    });
    await jobs.finishPage("job_1", 2, DONE);
    await jobs.failPage("job_1", 3, "damaged");
    expect(await jobs.findJob("job_1")).toMatchObject({ pass1Done: 1, pass2Done: 1 });
    expect(await jobs.listPages("job_1")).toMatchObject([
      { pageNum: 1, error: "not received", pass2Done: false },
      { pageNum: 2, error: null, pass2Done: true, facts: { engine: "embedded" } },
      { pageNum: 3, error: "damaged", pass2Done: false },
    ]);
  });

  test("more pages than a statement takes are planned whole", async () => {
    const { jobs } = await openTestStores(open);
    await jobs.addJob(aJob("job_1"), ticket);
    await jobs.plan("job_1", somePages(450));
    expect((await jobs.listPages("job_1")).map(({ pageNum }) => pageNum)).toEqual(
      Array.from({ length: 450 }, (_, index) => index + 1),
    );
  });

  test("a page is finished once: a worker that was thought dead changes nothing and teaches nothing", async () => {
    const { jobs, palettes } = await openTestStores(open);
    await jobs.addJob(aJob("job_1"), ticket);
    await jobs.plan("job_1", somePages(2));
    await jobs.finishPage("job_1", 1, { ...DONE, exemplars: [anExemplar(0.5)] });
    await jobs.finishPage("job_1", 1, { ...DONE, facts: { seed: 9 }, exemplars: [] });
    await jobs.failPage("job_1", 1, "late");
    expect((await jobs.listPages("job_1"))[0]).toMatchObject({ error: null, facts: { engine: "embedded" } });
    expect(await palettes.find("job_1")).toEqual([anExemplar(0.5)]);
    await jobs.failPage("job_1", 2, "first");
    await jobs.finishPage("job_1", 2, DONE);
    expect((await jobs.listPages("job_1"))[1]).toMatchObject({ error: "first", pass2Done: false });
  });

  test("end once, and only what has ended is deleted, with pages and palette", async () => {
    const { jobs, palettes } = await openTestStores(open);
    await jobs.addJob(aJob("job_1"), ticket);
    await jobs.plan("job_1", somePages(1));
    await jobs.finishPage("job_1", 1, { ...DONE, exemplars: [anExemplar(1)] });
    expect(await jobs.deleteJob("job_1")).toBe(false);
    expect(await jobs.end("job_1", "completed", null)).toBe(true);
    expect(await jobs.end("job_1", "failed", "late")).toBe(false);
    expect(await jobs.begin("job_1")).toBe(false);
    expect(await jobs.findJob("job_1")).toMatchObject({ status: "completed", error: null });
    expect(await jobs.deleteJob("job_1")).toBe(true);
    expect([await jobs.findJob("job_1"), await jobs.listPages("job_1")]).toEqual([null, []]);
    expect(await palettes.find("job_1")).toEqual([]);
    expect(await jobs.deleteJob("job_1")).toBe(false);
  });

  test("a chapter shows each page as the newest job that has done it left it", async () => {
    const { jobs } = await openTestStores(open);
    for (const id of ["job_1", "job_2", "job_3"]) {
      await jobs.addJob(aJob(id), ticket);
      await jobs.plan(id, somePages(2));
    }
    await jobs.finishPage("job_1", 1, DONE);
    await jobs.finishPage("job_1", 2, DONE);
    await jobs.finishPage("job_2", 1, DONE);
    const shown = async () =>
      (await jobs.listChapter("chapter_001")).map(({ pageNum, jobId }) => [pageNum, jobId]);
    expect(await shown()).toEqual([
      [1, "job_2"],
      [2, "job_1"],
    ]);
    expect(await jobs.listChapter("another")).toEqual([]);
    for (const { pageNum, page } of await jobs.listChapter("chapter_001"))
      expect(await jobs.findShown("chapter_001", pageNum)).toEqual(page);
    expect(await jobs.findShown("chapter_001", 3)).toBeNull();
    expect(await jobs.findShown("another", 1)).toBeNull();
  });

  test("a page that no job has done is shown as the newest job has it", async () => {
    const { jobs } = await openTestStores(open);
    for (const id of ["job_1", "job_2"]) {
      await jobs.addJob(aJob(id), ticket);
      await jobs.plan(id, somePages(1));
    }
    const listed = (await jobs.listChapter("chapter_001")).map(({ page }) => page);
    expect(listed).toMatchObject([{ jobId: "job_2", pass2Done: false }]);
    expect(await jobs.findShown("chapter_001", 1)).toEqual(listed[0]);
  });
});

describeEachDatabase("what chapters have settled on", (open) => {
  test("is each job's own; a chapter shows that of its newest job", async () => {
    const { jobs, palettes } = await openTestStores(open);
    for (const [index, id] of ["job_1", "job_2", "job_3"].entries()) {
      await jobs.addJob(aJob(id), ticket);
      await jobs.plan(id, somePages(1));
      const exemplars = id === "job_3" ? null : [anExemplar(index / 10)];
      await jobs.finishPage(id, 1, { ...DONE, exemplars });
    }
    expect(await palettes.find("job_1")).toEqual([anExemplar(0)]);
    expect(await palettes.findOfChapter("chapter_001")).toEqual([anExemplar(0.1)]);
    expect(await palettes.findOfChapter("another")).toEqual([]);
  });
});

describeEachDatabase("uploads", (open) => {
  test("are found whole by their id, and page by page", async () => {
    const { uploads } = await openTestStores(open);
    const id = `upl_${"0a".repeat(12)}`;
    const files = [1, 2].map((page) => ({
      id: `${id}/${page}`,
      name: `ñ ${page}.png`,
      key: `uploads/${id}/000${page}.png`,
      width: 3,
      height: 4,
    }));
    await uploads.add({ id, kind: "pages", files, bytes: 9, createdAt: 5 });
    expect(await uploads.find(id)).toEqual({ id, kind: "pages", files, bytes: 9, createdAt: 5 });
    expect((await uploads.find(`${id}/2`))?.files).toEqual([files[1]]);
    expect((await uploads.find(`${id}/3`))?.files).toEqual([]);
    for (const word of ["data/pages", `${id}/x`, `upl_${"0b".repeat(12)}`, "", "upl_\0"])
      expect(await uploads.find(word)).toBeNull();
    expect([await uploads.delete(id), await uploads.delete(id), await uploads.find(id)]).toEqual([
      true,
      false,
      null,
    ]);
  });
});
