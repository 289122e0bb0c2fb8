import { afterEach, describe, expect, it } from "vitest";
import { colourPng, SMALL_PICTURES, useTrainingServer } from "../support/training-server.ts";
import { refusedWithoutTrace } from "../support/training-traces.ts";

/** Annotations that point elsewhere, contradict themselves or have no end, and classes with strange names. */

const server = useTrainingServer();
const { ask, job, until } = server;

afterEach(() => {
  expect(server.server().stderr()).not.toMatch(/"level":50/);
});

/** Pictures of 32 x 32 in `images/`, with files beside them. */
async function upload(
  texts: Readonly<Record<string, unknown>>,
  fields: Readonly<Record<string, string>> = {},
  pictures = 8,
) {
  const form = new FormData();
  form.set("name", "Annotated");
  form.set("format", "dice");
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  for (const [path, text] of Object.entries(texts)) {
    form.append("files", new Blob([typeof text === "string" ? text : JSON.stringify(text)]), path);
  }
  for (let index = 0; index < pictures; index++) {
    form.append("files", await colourPng(index % 2, index), `images/${index}.png`);
  }
  return ask("POST", "/datasets", { form });
}

const codesOf = (body: { problems: readonly { code: string }[] }) => [
  ...new Set(body.problems.map(({ code }) => code)),
];

const IMAGES = Array.from({ length: 8 }, (_, id) => ({ id, file_name: `${id}.png` }));
const CATEGORIES = [
  { id: 0, name: "red" },
  { id: 1, name: "green" },
];
const boxed = (bbox: unknown, more: object = {}) => ({
  categories: CATEGORIES,
  images: IMAGES,
  annotations: [
    ...IMAGES.map(({ id }) => ({ id, image_id: id, category_id: id % 2, bbox: [4, 4, 8, 8] })),
    { id: 99, image_id: 0, category_id: 1, bbox, ...more },
  ],
});

describe("a box", () => {
  it.each([
    ["outside", [100, 100, 5, 5], "box_outside"],
    ["of no size", [1, 1, 0, 5], "box_empty"],
    ["of negative size", [10, 10, -5, -5], "box_empty"],
    ["half outside", [-10, -10, 20, 20], "box_clipped"],
    ["beyond all numbers", [1e308, 1e308, 1e308, 1e308], "box_not_numbers"],
    ["that is huge", [-1e300, -1e300, 2e300, 2e300], "box_clipped"],
    ["of texts", ["1", "2", "3", "4"], "box_not_numbers"],
    ["of three numbers", [1, 2, 3], "box_not_numbers"],
    ["that is an object", { x: 1 }, "box_not_numbers"],
    ["that is deep", [[[[1]]]], "box_not_numbers"],
  ])("%s is a problem of its picture, not of the dataset", async (_, bbox, code) => {
    const { status, body } = await upload({ "annotations.json": boxed(bbox) }, { format: "coco" });
    expect(status, JSON.stringify(body)).toBe(201);
    expect(codesOf(body)).toEqual([code]);
    expect(body).toMatchObject({ image_count: 8, task_type: "object_detection" });
  });

  it("of NaN and Infinity, as Python writes them, is one too", async () => {
    const text = JSON.stringify(boxed(["NUMBER", 1, 1, 1]));
    for (const number of ["NaN", "Infinity", "-Infinity", "1e999"]) {
      const json = text.replace('"NUMBER"', number);
      const { status, body } = await upload({ "annotations.json": json }, { format: "coco" });
      expect([number, status, codesOf(body)]).toEqual([number, 201, ["box_not_numbers"]]);
    }
  });
});

describe("an annotation", () => {
  it.each([
    ["../../../../etc/passwd"],
    ["/etc/passwd"],
    ["C:\\Windows\\win.ini"],
    ["images/../../0.png"],
    ["images/77.png"],
    ["\u0000"],
    [`${"a/".repeat(500)}0.png`],
    ["__proto__"],
  ])("about the picture %j, which the dataset does not have, is a problem", async (file_name) => {
    const annotations = {
      categories: CATEGORIES,
      images: [...IMAGES, { id: 8, file_name }],
      annotations: [...IMAGES, { id: 8 }].map(({ id }) => ({ id, image_id: id, category_id: id % 2 })),
    };
    const { status, body } = await upload({ "annotations.json": annotations });
    expect(status, JSON.stringify(body)).toBe(201);
    expect(body).toMatchObject({ image_count: 8, class_distribution: { red: 4, green: 4 } });
    expect(codesOf(body)).toEqual(["annotation_without_image"]);
    expect(JSON.stringify(body)).not.toMatch(/root:|\[fonts\]/);
  });

  it("of unknown or repeated ids is a problem, and the first counts", async () => {
    const annotations = {
      categories: [...CATEGORIES, { id: 0, name: "blue" }],
      images: [...IMAGES, { id: 0, file_name: "1.png" }],
      annotations: [
        ...IMAGES.map(({ id }) => ({ id, image_id: id, category_id: id % 2 })),
        { id: 0, image_id: 1, category_id: 0 },
        { id: 10, image_id: 5_000, category_id: 0 },
        { id: 11, image_id: "__proto__", category_id: 0 },
        { id: 12, image_id: 1, category_id: 77 },
        "no object",
      ],
    };
    const { status, body } = await upload({ "annotations.json": annotations });
    expect(status, JSON.stringify(body)).toBe(201);
    expect(body.class_distribution).toEqual({ red: 4, green: 4 });
    expect(codesOf(body).sort()).toEqual([
      "annotation_without_image",
      "bad_entry",
      "duplicate_annotation_id",
      "duplicate_class_id",
      "duplicate_image_id",
      "unknown_class",
    ]);
  });
});

describe("what a file says of its classes", () => {
  const classified = (more: object) => ({
    categories: CATEGORIES,
    images: IMAGES,
    annotations: IMAGES.map(({ id }) => ({ id, image_id: id, category_id: id % 2 })),
    ...more,
  });

  it.each([
    [{ num_classes: 3 }],
    [{ statistics: { num_classes: 0 } }],
    [{ statistics: { class_distribution: { red: 400, green: 4 } } }],
    [{ statistics: { class_distribution: { mauve: 1e308 } } }],
  ])("%j contradicts it: noted", async (more) => {
    const { status, body } = await upload({ "annotations.json": classified(more) });
    expect([status, codesOf(body), body.num_classes]).toEqual([201, ["class_count"], 2]);
  });

  it("holds for jobs: another num_classes is refused, and makes no job", async () => {
    const { body } = await upload({ "annotations.json": classified({}) });
    for (const num_classes of [1, 3, 100_000]) {
      const config = {
        framework: "quatrain",
        model_name: "cnn4",
        task_type: "image_classification",
        dataset_id: body.id,
        num_classes,
      };
      const make = () => ask("POST", "/training/jobs", { json: { config } });
      const { body: refusal } = await refusedWithoutTrace(server, make, 422, "VALIDATION_ERROR");
      expect(refusal.field).toBe("num_classes");
    }
  });

  it("may be ten thousand, and no more", async () => {
    const many = (count: number) => ({
      "annotations.json": classified({
        categories: Array.from({ length: count }, (_, id) => ({ id, name: `class ${id}` })),
      }),
    });
    const { status, body } = await upload(many(10_000));
    expect([status, body.num_classes]).toEqual([201, 10_000]);
    expect((await ask("GET", `/datasets/${body.id}/check`)).status).toBe(200);
    expect(await job({ dataset_id: body.id })).toMatchObject({ num_classes: 10_000 });
    await refusedWithoutTrace(server, () => upload(many(10_001)), 400, "TOO_MANY_CLASSES");
  });

  it("may be any names: they are kept, shown and trained as they are", async () => {
    const names = [
      "__proto__",
      "constructor",
      "toString",
      "고양이 🐈",
      "\u202eright to left",
      "<script>alert(1)</script>",
      "'; drop table training_files; --",
      "x".repeat(5_000),
    ];
    const kept = [...names.slice(0, -1), "x".repeat(200)];
    const pictures = Array.from({ length: 16 }, (_, id) => ({ id, file_name: `${id}.png` }));
    const annotations = {
      categories: [...names, "", " ", "\u0007"].map((name, id) => ({ id, name })),
      images: pictures,
      annotations: pictures.map(({ id }) => ({ id, image_id: id, category_id: id % 8 })),
    };
    const { status, body } = await upload({ "annotations.json": annotations }, {}, 16);
    expect(status, JSON.stringify(body)).toBe(201);
    expect(body.classes).toEqual(kept);
    expect(Object.entries(body.class_distribution)).toEqual(kept.map((name) => [name, 2]));
    expect(codesOf(body)).toContain("bad_class");

    const weights = JSON.parse('{"__proto__": 2, "constructor": 3}');
    const advanced_config = { ...SMALL_PICTURES, class_weights: weights };
    const { id } = await job({ dataset_id: body.id, epochs: 1, advanced_config });
    await ask("POST", `/training/jobs/${id}/start`);
    const done = await until(id, "completed");
    expect(Object.entries(done.effective_config.class_weights.effective)).toEqual(
      expect.arrayContaining([
        ["__proto__", 2],
        ["constructor", 3],
      ]),
    );
    const [result] = (await ask("GET", `/validation/results/${id}`)).body.results;
    expect(result.class_names).toEqual(kept);
    expect(Object.keys(result.per_class_metrics).sort()).toEqual([...kept].sort());
    const form = new FormData();
    form.set("training_job_id", String(id));
    form.set("top_k", "100");
    form.append("file", await colourPng(0, 0), "x.png");
    const { predictions } = (await ask("POST", "/test-inference", { form })).body;
    expect(predictions.map(({ label }: { label: string }) => label).sort()).toEqual([...kept].sort());
  });
});

describe("a file of annotations", () => {
  const deep = `{"images": [${"[".repeat(100_000)}${"]".repeat(100_000)}]}`;

  it.each([
    ["no JSON", '{"images": [}', "dice"],
    ["deeper than anything", deep, "dice"],
    ["deep in a key", `{"images": [], "x": ${"[".repeat(100_000)}`, "dice"],
    ["cut off", '{"images": [{"file_name": "0.png"', "coco"],
    ["a long list of nothing", `{"images": [${"[],".repeat(1_000)}`, "coco"],
    ["one value of nine megabytes", `{"images": ["${"x".repeat(9 * 2 ** 20)}"]}`, "dice"],
  ])("that is %s is refused, and leaves nothing", async (_, text, format) => {
    const send = () => upload({ "annotations.json": text }, { format });
    await refusedWithoutTrace(server, send, 400, "BAD_ANNOTATIONS");
  });

  it("that says nothing is passed over, which is noted", async () => {
    for (const text of ["", "not JSON at all", "[1, 2]", "{}", '"images"', "\u0000\u0001", "null"]) {
      const { status, body } = await upload({ "annotations.json": text });
      expect([text, status, codesOf(body)]).toEqual([text, 201, expect.arrayContaining(["bad_annotation"])]);
    }
  });

  it("that is none of fifty files is noted", async () => {
    const texts = Array.from({ length: 55 }, (_, at) => [
      `${at}/annotations.json`,
      { images: [{ id: 1, file_name: "../images/0.png" }] },
    ]);
    const { status, body } = await upload(Object.fromEntries(texts));
    expect([status, codesOf(body)]).toEqual([201, expect.arrayContaining(["too_many_documents"])]);
  });

  it("of XML with entities that grow, or that read files, is a problem of its picture", async () => {
    const lol = Array.from({ length: 9 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`).join(
      "",
    );
    const bombs = {
      "Annotations/0.xml": `<!DOCTYPE a [<!ENTITY l0 "lol">${lol}]><annotation><filename>&l9;</filename></annotation>`,
      "Annotations/1.xml": `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><annotation><filename>&x;</filename></annotation>`,
      "Annotations/2.xml": `${"<a>".repeat(100_000)}`,
      "Annotations/3.xml": `<annotation><filename>3.png</filename>${"<object/>".repeat(20_000)}</annotation>`,
    };
    const { status, body } = await upload(bombs, { format: "voc" });
    expect(status, JSON.stringify(body)).toBe(201);
    expect(body.image_count).toBe(0);
    expect(codesOf(body)).toContain("bad_annotation");
    expect(JSON.stringify(body)).not.toMatch(/root:/);
  });

  it("of YAML with aliases that grow, or tags that run, is not followed", async () => {
    const aliases = `a: &a [x,x]\n${[..."bcdefgh"].map((name, at) => `${name}: &${name} [*${"abcdefgh"[at]},*${"abcdefgh"[at]}]`).join("\n")}\nnames: *h\n`;
    for (const yaml of [
      aliases,
      "names: !!python/object/apply:os.system ['id']\n",
      "names: !!js/function 'function(){}'\n",
      `names: ${"[".repeat(50_000)}`,
      "names:\n  __proto__: x\n  0: y\n",
      "path: /etc\ntrain: ../../../../etc\nval: /etc/passwd\nnames: [a, b]\n",
      `names: [${"x,".repeat(20_000)}]\n`,
    ]) {
      const { status, body } = await upload(
        { "data.yaml": yaml, "labels/0.txt": "0 0.5 0.5 1 1" },
        { format: "yolo" },
      );
      expect([201, 400], JSON.stringify(body).slice(0, 500)).toContain(status);
      expect(JSON.stringify(body)).not.toMatch(/root:|uid=/);
    }
  });
});
