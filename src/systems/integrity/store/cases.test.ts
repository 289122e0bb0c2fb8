import { expect, test } from "vitest";
import { describeEachDatabase } from "../../../platform/db/testing.ts";
import { aCase, aDocument, aMeasurement, aRecord, EVENT, openTestStore, START } from "./testing.ts";

describeEachDatabase("integrity's cases", (open) => {
  test("come back as they were stored, with text, measurement and file", async () => {
    const { writer, cases, documents } = await openTestStore(open);
    const measurement = aMeasurement({ signals: { palabras: "ñandú 😀" } });
    await writer.addCase(aCase("case_1", {}, { measurement }), EVENT);
    expect(await cases.findCase("case_1")).toEqual(aRecord("case_1"));
    expect(await cases.findMeasurement("case_1")).toMatchObject({ measurement, revision: 1 });
    expect(await documents.textOf("case_1")).toBe("texto de case_1");
    expect([...(await documents.keysOf("case_1"))!]).toEqual([1, 2, 4_294_967_295]);
    expect(await cases.findCase("case_2")).toBeNull();
  });

  test("are listed newest first, the id breaking ties, page by page", async () => {
    const { writer, cases } = await openTestStore(open);
    const times = [5, 3, 3, 9, 3];
    for (const [index, time] of times.entries()) {
      await writer.addCase(aCase(`case_${index}`, { analyzedAt: START + time }), EVENT);
    }
    const expected = ["case_3", "case_0", "case_4", "case_2", "case_1"];
    const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id);
    expect(ids(await cases.listCases({}, { limit: 10 }))).toEqual(expected);
    expect(ids(await cases.listCases({}, { limit: 2, offset: 1 }))).toEqual(expected.slice(1, 3));
    const walked: string[] = [];
    for (let page = await cases.listCases({}, { limit: 2 }); page.length > 0; ) {
      walked.push(...ids(page));
      page = await cases.listCases({}, { limit: 2, after: page.at(-1) });
    }
    expect(walked).toEqual(expected);
  });

  test("are narrowed, and counted as they are listed", async () => {
    const { writer, cases } = await openTestStore(open);
    await writer.addCase(aCase("case_1", { level: "ALTO", title: "Análisis térmico" }), EVENT);
    await writer.addCase(aCase("case_2", { role: "Docente-investigador", author: "Zoë" }), EVENT);
    await writer.addCase(
      aCase("case_3", { product: "Ensayo", author: null, analyzedAt: START + 86_400_000 }),
      EVENT,
    );
    const filters = [
      [{}, 3],
      [{ level: "ALTO" }, 1],
      [{ level: "NINGUNO" }, 0],
      [{ role: "Estudiante", product: "Ensayo" }, 1],
      [{ authorKey: "zoe" }, 1],
      [{ authorKey: null }, 1],
      [{ words: ["analis", "term"] }, 1],
      [{ words: ["analis", "mares"] }, 0],
      [{ from: START + 1 }, 1],
      [{ to: START + 1 }, 2],
      [{ state: "resuelto" }, 0],
    ] as const;
    for (const [filter, count] of filters) {
      expect((await cases.listCases(filter, { limit: 10 })).length, JSON.stringify(filter)).toBe(count);
      expect(await cases.countCases(filter), JSON.stringify(filter)).toBe(count);
    }
  });

  test("are gone when they are deleted: every row of them, and out of every figure", async () => {
    const { database, writer, cases, documents, metrics, images, reviews } = await openTestStore(open);
    const image = { sha256: "ab", phash: "0123456789abcdef" };
    await writer.addCase(aCase("case_1", {}, { images: [image] }), EVENT);
    await reviews.addReview(
      "case_1",
      { kind: "decision", decision: "sin_hallazgos", notes: "n", byId: "1", byName: "P", createdAt: START },
      "resuelto",
      EVENT,
    );
    const similar = [{ document: 1, share: 0.5, matchedWords: 20, passages: 1 }];
    await writer.addCase(aCase("case_2", {}, { measurement: aMeasurement({ similar }) }), EVENT);
    const deleted = await writer.deleteCase("case_1", { ...EVENT, action: "case.deleted" }, START);
    expect(deleted).toMatchObject({ id: "case_1", file: { key: "cases/x/original.pdf" } });
    expect(await writer.deleteCase("case_1", EVENT, START)).toBeNull();
    expect(await cases.findCase("case_1")).toBeNull();
    expect(await documents.textOf("case_1")).toBeNull();
    expect(await images.near(image)).toEqual([]);
    expect((await metrics.tallies()).map((tally) => tally.cases)).toEqual([1]);
    expect((await documents.findCandidates([1, 2], 10)).found).toEqual([{ document: 2, weight: 2 }]);
    for (const table of ["integrity_reviews", "integrity_case_words", "integrity_pairs"] as const) {
      const rows = await database.reader.selectFrom(table).select("case_id").execute();
      expect(
        rows.filter((row) => row.case_id === "case_1"),
        table,
      ).toEqual([]);
    }
    expect(await database.reader.selectFrom("integrity_pairs").selectAll().execute()).toEqual([]);
  });

  test("lose their content and keep their figures when the retention time is over", async () => {
    const { writer, cases, documents, metrics } = await openTestStore(open);
    await writer.addCase(aCase("case_1"), EVENT);
    expect(await cases.casesWithContent(START, 10)).toEqual([]);
    const [due] = await cases.casesWithContent(START + 1, 10);
    await writer.deleteContent(due!, EVENT, START);
    expect(await documents.textOf("case_1")).toBeNull();
    expect(await cases.findMeasurement("case_1")).toBeNull();
    expect(await cases.findCase("case_1")).toMatchObject({ overall: 52, file: { key: null } });
    expect((await metrics.tallies())[0]?.cases).toBe(1);
    expect(await cases.casesWithContent(START + 1, 10)).toEqual([]);
  });

  test("are imported once, whatever is sent again", async () => {
    const { writer, cases } = await openTestStore(open);
    const old = [aRecord("old_1", { imported: true, file: null }), aRecord("old_2", { imported: true })];
    expect(await writer.importCases(old, "test", START)).toBe(2);
    expect(await writer.importCases([...old, aRecord("old_3")], "test", START)).toBe(1);
    expect(await cases.countCases({})).toBe(3);
  });

  test("are measured again only from what was measured last", async () => {
    const { writer, cases } = await openTestStore(open);
    await writer.addCase(aCase("case_1"), EVENT);
    const again = {
      measurement: aMeasurement({ similarityShare: 0.25 }),
      newlyCommon: [],
    };
    expect(await writer.replaceMeasurement("case_1", 1, again, EVENT)).toBe(true);
    expect(await writer.replaceMeasurement("case_1", 1, again, EVENT)).toBe(false);
    expect(await cases.findMeasurement("case_1")).toMatchObject({
      revision: 2,
      measurement: { similarityShare: 0.25 },
    });
  });
});

describeEachDatabase("integrity's figures", (open) => {
  test("agree with the cases, by day, week and month", async () => {
    const { writer, metrics } = await openTestStore(open);
    const days = [
      "2026-01-30T00:00:00Z",
      "2026-01-31T23:59:59Z",
      "2026-02-01T00:00:00Z",
      "2026-02-02T00:00:00Z",
    ];
    for (const [index, day] of days.entries()) {
      const level = index === 0 ? "ALTO" : "BAJO";
      await writer.addCase(
        aCase(`case_${index}`, { analyzedAt: Date.parse(day), level, overall: index }),
        EVENT,
      );
    }
    const keys = async (period: "daily" | "weekly" | "monthly", from: string | null = null) =>
      (await metrics.periods(period, from, null)).map(({ key, level, cases, scoreSum }) => [
        key,
        level,
        cases,
        scoreSum,
      ]);
    expect(await keys("daily", "2026-02-01")).toEqual([
      ["2026-02-01", "BAJO", 1, 2],
      ["2026-02-02", "BAJO", 1, 3],
    ]);
    expect((await keys("weekly")).sort()).toEqual([
      ["2026-W05", "ALTO", 1, 0],
      ["2026-W05", "BAJO", 2, 3],
      ["2026-W06", "BAJO", 1, 3],
    ]);
    expect((await keys("monthly")).sort()).toEqual([
      ["2026-01", "ALTO", 1, 0],
      ["2026-01", "BAJO", 1, 1],
      ["2026-02", "BAJO", 2, 5],
    ]);
    expect(await metrics.days()).toEqual({ first: "2026-01-30", last: "2026-02-02" });
    expect((await metrics.evidence()).get("sin_borradores")).toBe(4);
  });

  test("are empty where there are no cases", async () => {
    const { metrics } = await openTestStore(open);
    expect(await metrics.tallies()).toEqual([]);
    expect(await metrics.days()).toBeNull();
    expect(await metrics.periods("daily", null, null)).toEqual([]);
  });
});

describeEachDatabase("integrity's documents", (open) => {
  test("are found by the hashes that they share, the rarer ones counting more", async () => {
    const { writer, documents } = await openTestStore(open);
    const many = Array.from({ length: 700 }, (_, index) => index * 7);
    await writer.addCase(aCase("case_1", {}, { document: aDocument("case_1", many) }), EVENT);
    await writer.addCase(aCase("case_2", {}, { document: aDocument("case_2", many.slice(0, 3)) }), EVENT);
    await writer.addCase(aCase("case_3", {}, { document: aDocument("case_3", [5]) }), EVENT);
    const { found } = await documents.findCandidates(many, 10);
    expect(found).toEqual([
      { document: 1, weight: 698.5 },
      { document: 2, weight: 1.5 },
    ]);
    expect((await documents.findCandidates([], 10)).found).toEqual([]);
    const names = await documents.namesOf([1, 3, 99]);
    expect([...names.values()].map(({ kind, id, title }) => [kind, id, title])).toEqual([
      ["case", "case_1", "Ensayo sobre el mar'; --"],
      ["case", "case_3", "Ensayo sobre el mar'; --"],
    ]);
  });

  test("are not found by hashes that very many share", async () => {
    const { writer, documents } = await openTestStore(open);
    for (let index = 0; index < 101; index++) {
      const document = aDocument(`case_${index}`, [7, 1_000 + index]);
      await writer.addCase(aCase(`case_${index}`, {}, { document }), EVENT);
    }
    expect((await documents.findCandidates([7, 1_001], 5)).common).toEqual([7]);
    await writer.addCase(
      aCase("case_z", {}, { document: aDocument("case_z", [7, 8]), common: new Set([7]), newlyCommon: [7] }),
      EVENT,
    );
    expect([...(await documents.commonAmong([7, 8]))]).toEqual([7]);
    expect((await documents.findCandidates([7], 5)).found).toEqual([]);
    expect((await documents.findCandidates([8], 5)).found).toHaveLength(1);
  });
});
