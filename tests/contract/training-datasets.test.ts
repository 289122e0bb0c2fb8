import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { unzipSync, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import * as contract from "../../src/contracts/training/index.ts";
import { ErrorBody } from "../../src/contracts/training/vocabulary.ts";
import { colourPng, coloursForm, type Person, useTrainingServer } from "../support/training-server.ts";

const { ask, member, colours, job, root, url, admin } = useTrainingServer();

const Dataset = contract.createDataset.responses[201].schema;
const List = contract.listDatasets.responses[200].schema;
const Images = contract.datasetImages.responses[200].schema;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;

const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer());

async function create(form: FormData, fields: Readonly<Record<string, string>> = {}, as?: Person) {
  for (const [name, value] of Object.entries({ name: "My Dataset", ...fields })) form.set(name, value);
  return ask("POST", "/datasets", as === undefined ? { form } : { form, as });
}

/** A DICE annotation file of the document's own kind. */
function diceAnnotations(names: readonly string[]) {
  return {
    format_version: "1.0",
    dataset_name: "Animals",
    task_type: "image_classification",
    classes: [
      { id: 0, name: "cat" },
      { id: 1, name: "dog" },
    ],
    images: names.map((file_name, index) => ({
      id: index,
      file_name,
      width: 32,
      height: 32,
      split: index % 4 === 3 ? "val" : "train",
      annotation: { class_id: index % 2, class_name: index % 2 === 0 ? "cat" : "dog" },
    })),
  };
}

describe("POST /api/v1/datasets", () => {
  test("takes files with relative paths as their names, and answers the document's flat fields", async () => {
    const form = new FormData();
    const names = Array.from({ length: 8 }, (_, index) => `images/${index}.png`);
    const annotations = JSON.stringify(diceAnnotations(names));
    form.append("files", new Blob([annotations], { type: "application/json" }), "annotations.json");
    for (const [index, name] of names.entries())
      form.append("files", await colourPng(index % 2, index), name);
    const fields = {
      description: "Description here",
      format: "dice",
      visibility: "private",
      project_id: "2",
    };
    const { status, body } = await create(form, fields);
    expect(status, JSON.stringify(body)).toBe(201);
    Dataset.parse(body);
    expect(body).toMatchObject({
      name: "My Dataset",
      description: "Description here",
      format: "dice",
      visibility: "private",
      project_id: 2,
      file_count: 9,
      num_classes: 2,
      task_type: "image_classification",
      classes: ["cat", "dog"],
      class_distribution: { cat: 4, dog: 4 },
      split_distribution: { train: { cat: 4, dog: 2 }, val: { cat: 0, dog: 2 } },
      image_count: 8,
      problem_count: 0,
    });
    expect(body.id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(body.created_at).toMatch(INSTANT);
    expect(body.total_size_bytes).toBeGreaterThan(annotations.length);

    const found = await ask("GET", `/datasets/${body.id}`);
    expect(found.status).toBe(200);
    contract.getDataset.responses[200].schema.parse(found.body);
    expect(found.body).toEqual(body);
  });

  test.each([
    [
      "categories, images and annotations, as COCO has them",
      "annotations.json",
      {
        categories: [
          { id: 5, name: "cat" },
          { id: 9, name: "dog" },
        ],
        images: [0, 1, 2, 3].map((id) => ({ id, file_name: `${id}.png`, width: 32, height: 32 })),
        annotations: [0, 1, 2, 3].map((id) => ({ id, image_id: id, category_id: id % 2 === 0 ? 5 : 9 })),
      },
    ],
    [
      "annotations with the paths of their images, in annotation.json",
      "annotation.json",
      {
        categories: [
          { id: 0, name: "cat" },
          { id: 1, name: "dog" },
        ],
        annotations: [0, 1, 2, 3].map((id) => ({ image_path: `images/${id}.png`, category_id: id % 2 })),
      },
    ],
    ["folders of train and val", null, {}],
  ])("takes DICE in the shape of %s", async (_shape, file, annotations) => {
    const form = new FormData();
    for (let index = 0; index < 4; index++) {
      const path = `${index < 2 ? "train" : "val"}/${index % 2 === 0 ? "cat" : "dog"}/${index}.png`;
      form.append("files", await colourPng(index % 2, index), file === null ? path : `images/${index}.png`);
    }
    if (file !== null) form.append("files", new Blob([JSON.stringify(annotations)]), file);
    const { status, body } = await create(form, { format: "dice" });
    expect(status, JSON.stringify(body)).toBe(201);
    expect(body).toMatchObject({
      format: "dice",
      num_classes: 2,
      class_distribution: { cat: 2, dog: 2 },
      split_distribution: { train: { cat: 1, dog: 1 }, val: { cat: 1, dog: 1 } },
      problem_count: 0,
    });
  });

  test("takes paths in fields of their own, from clients that cannot name files with folders", async () => {
    const form = new FormData();
    for (const [index, path] of ["a/x.png", "a/y.png", "b/x.png", "b/y.png"].entries()) {
      form.append("files", await colourPng(index >> 1, index), `${index}.png`);
      form.append("paths", path);
    }
    const { status, body } = await create(form, { format: "imagefolder" });
    expect(status, JSON.stringify(body)).toBe(201);
    expect(body.class_distribution).toEqual({ a: 2, b: 2 });
    form.append("paths", "one/too/many.png");
    const refused = await create(form);
    expect([refused.status, refused.body.field]).toEqual([422, "paths"]);
  });

  test("takes one file, and older names of the field", async () => {
    for (const name of ["file", "images", "files[]"]) {
      const form = new FormData();
      form.append(name, await colourPng(0, 0), "only/1.png");
      const { status, body } = await create(form, { format: "imagefolder" });
      expect([status, body.image_count]).toEqual([201, 1]);
    }
  });

  test("takes a zip archive, splits it 80 to 20, and gives the same split each time", async () => {
    const entries: Record<string, Uint8Array> = { "__MACOSX/._x": new Uint8Array(3) };
    for (const [at, name] of ["고양이", "dog"].entries()) {
      for (let index = 0; index < 10; index++) {
        entries[`My pictures/${name}/${index}.png`] = await bytesOf(await colourPng(at, index));
      }
    }
    const archive = new Blob([new Uint8Array(zipSync(entries))]);
    const form = () => {
      const made = new FormData();
      made.append("files", archive, "pictures.zip");
      return made;
    };
    const { status, body } = await create(form(), { format: "imagefolder" });
    expect(status, JSON.stringify(body)).toBe(201);
    expect(body).toMatchObject({
      class_distribution: { 고양이: 10, dog: 10 },
      split_distribution: { train: { 고양이: 8, dog: 8 }, val: { 고양이: 2, dog: 2 } },
      skipped_files: 1,
      file_count: 20,
    });
    const again = await create(form(), { format: "auto" });
    const splitOf = async (id: string) =>
      (await ask("GET", `/datasets/${id}/images?split=val`)).body.images.map(
        ({ path }: { path: string }) => path,
      );
    expect(await splitOf(again.body.id)).toEqual(await splitOf(body.id));
  });

  test("is empty when it is made from JSON, and files come afterwards", async () => {
    const json = { name: "Later", format: "imagefolder", description: null };
    const { status, body } = await ask("POST", "/datasets", { json });
    expect(status).toBe(201);
    Dataset.parse(body);
    expect(body).toMatchObject({ file_count: 0, num_classes: 0, total_size_bytes: 0, project_id: null });
    const untrainable = await ask("POST", "/training/jobs", {
      json: {
        config: {
          framework: "quatrain",
          model_name: "cnn4",
          task_type: "image_classification",
          dataset_id: body.id,
        },
      },
    });
    expect([untrainable.status, untrainable.body.field]).toEqual([422, "dataset_id"]);

    const added = await ask("POST", `/datasets/${body.id}/files`, { form: await coloursForm(["a", "b"], 3) });
    expect(added.status).toBe(200);
    contract.addDatasetFiles.responses[200].schema.parse(added.body);
    expect(added.body).toMatchObject({ id: body.id, file_count: 6, class_distribution: { a: 3, b: 3 } });

    const form = new FormData();
    form.append("images", await colourPng(2, 1), "9.png");
    form.set("class_name", "c");
    form.set("split", "val");
    const more = await ask("POST", `/datasets/${body.id}/upload-images`, { form });
    expect([more.status, more.body.file_count]).toEqual([200, 7]);

    const replaced = await ask("POST", `/datasets/${body.id}/files`, { form: await coloursForm(["a"], 1) });
    expect(replaced.body.file_count).toBe(7);
    const none = await ask("POST", `/datasets/${body.id}/files`, { form: new FormData() });
    expect([none.status, none.body.field]).toEqual([422, "files"]);
  });

  test("lists pictures that cannot be read, and keeps the others", async () => {
    const form = await coloursForm(["a", "b"], 3);
    form.append("files", new Blob(["no picture"]), "a/broken.png");
    const { status, body } = await create(form, { format: "imagefolder" });
    expect(status).toBe(201);
    expect(body).toMatchObject({ file_count: 7, image_count: 6, problem_count: 1 });
    expect(body.problems[0]).toMatchObject({ path: "a/broken.png" });
    expect(body.problems[0].message).not.toBe("");
  });

  test.each([
    ["../../etc/passwd.png", "UNSAFE_PATH"],
    ["/etc/passwd.png", "UNSAFE_PATH"],
    ["C:\\x.png", "UNSAFE_PATH"],
    ["pictures.tar.gz", "UNSUPPORTED_ARCHIVE"],
  ])("refuses %s", async (path, code) => {
    const form = new FormData();
    form.append("files", await colourPng(0, 0), "x.png");
    form.append("paths", path);
    const { status, body } = await create(form);
    ErrorBody.parse(body);
    expect([status, body.code]).toEqual([400, code]);
  });

  test("refuses an archive whose entries lead out of it", async () => {
    const form = new FormData();
    form.append("files", new Blob([new Uint8Array(zipSync({ "../x.png": new Uint8Array(4) }))]), "x.zip");
    const { status, body } = await create(form);
    ErrorBody.parse(body);
    expect([status, body.code]).toEqual([400, "UNSAFE_PATH"]);
  });

  test.each([
    [{ name: "" }, "name"],
    [{ format: "parquet" }, "format"],
    [{ visibility: "secret" }, "visibility"],
    [{ project_id: "two" }, "project_id"],
    [{ task_type: "poetry" }, "task_type"],
  ])("names the field at fault: %j", async (fields, field) => {
    const { status, body } = await create(new FormData(), fields);
    ErrorBody.parse(body);
    expect([status, body.code, body.field]).toEqual([422, "VALIDATION_ERROR", field]);
    expect(body.errors.map(({ loc }: { loc: string[] }) => loc)).toEqual([["body", field]]);
  });
});

describe("GET /api/v1/datasets", () => {
  test("pages and narrows what the caller may see, newest first", async () => {
    const owner = await member("lister");
    const make = (name: string, fields: Record<string, string>) =>
      colours({ as: owner, each: 1, fields: { name, ...fields } });
    await make("First", { format: "imagefolder", project_id: "71" });
    await make("Second ÄPFEL 100%", { format: "auto", project_id: "71" });
    const { body: empty } = await ask("POST", "/datasets", {
      as: owner,
      json: { name: "Empty_one", format: "dice", task_type: "object_detection" },
    });
    const list = async (query = "", path = "/datasets") => {
      const { status, body } = await ask("GET", `${path}${query}`, { as: owner });
      expect(status, JSON.stringify(body)).toBe(200);
      List.parse(body);
      return { ...body, names: body.datasets.map(({ name }: { name: string }) => name) };
    };
    const all = await list();
    expect(all).toMatchObject({ total: 3, skip: 0, limit: 50 });
    expect(all.names).toEqual(["Empty_one", "Second ÄPFEL 100%", "First"]);
    expect(all.datasets[2]).toMatchObject({ format: "imagefolder", file_count: 3, num_classes: 3 });
    expect(await list("?skip=1&limit=1")).toMatchObject({
      names: ["Second ÄPFEL 100%"],
      total: 3,
      skip: 1,
      limit: 1,
    });
    expect((await list("?project_id=71")).total).toBe(2);
    expect((await list("?format=imagefolder")).names).toEqual(["First"]);
    expect((await list("?task_type=object_detection")).names).toEqual(["Empty_one"]);
    expect((await list("?search=sec")).names).toEqual(["Second ÄPFEL 100%"]);
    expect((await list("?search=%C3%84PFEL")).names).toEqual(["Second ÄPFEL 100%"]);
    expect((await list("?search=0%25")).names).toEqual(["Second ÄPFEL 100%"]);
    expect((await list("?search=y_o")).names).toEqual(["Empty_one"]);
    expect((await list("?search=s_c")).names).toEqual([]);
    expect((await list("?skip=99")).names).toEqual([]);
    expect((await list("", "/datasets/available")).names).toEqual(["Second ÄPFEL 100%", "First"]);
    expect((await ask("DELETE", `/datasets/${empty.id}`, { as: owner })).status).toBe(200);
    expect((await list()).total).toBe(2);
  });

  test.each([
    ["limit=0", "limit"],
    ["limit=1001", "limit"],
    ["skip=-1", "skip"],
    ["project_id=x", "project_id"],
  ])("refuses %s", async (query, field) => {
    const { status, body } = await ask("GET", `/datasets?${query}`);
    expect([status, body.code, body.field]).toEqual([422, "VALIDATION_ERROR", field]);
    expect(body.errors[0].loc).toEqual(["query", field]);
  });
});

describe("a dataset's files", () => {
  test("are listed with their labels, and come back byte for byte", async () => {
    const { id } = await colours({ each: 3 });
    const { status, body } = await ask("GET", `/datasets/${id}/images?label=green&limit=2`);
    expect(status).toBe(200);
    Images.parse(body);
    expect(body).toMatchObject({ dataset_id: id, total: 3, skip: 0, limit: 2 });
    const [first] = body.images;
    expect(first).toMatchObject({
      path: "green/0.png",
      label: "green",
      label_id: 1,
      width: 32,
      height: 32,
      problem: null,
    });
    const picture = await fetch(url(first.url), { headers: admin().headers });
    expect(picture.headers.get("content-type")).toBe("image/png");
    expect(new Uint8Array(await picture.arrayBuffer())).toEqual(await bytesOf(await colourPng(1, 0)));
    const wrong = await ask("GET", `/datasets/${id}/images?label=mauve`);
    expect([wrong.status, wrong.body.field]).toEqual([422, "label"]);
    const absent = await ask("GET", `/datasets/${id}/file/green/77.png`);
    expect([absent.status, absent.body.code]).toEqual([404, "FILE_NOT_FOUND"]);

    expect((await ask("DELETE", `/datasets/${id}/file/green/0.png`)).status).toBe(200);
    expect((await ask("DELETE", `/datasets/${id}/file/green/0.png`)).status).toBe(404);
    expect((await ask("GET", `/datasets/${id}`)).body.class_distribution).toEqual({
      red: 3,
      green: 2,
      blue: 3,
    });
  });

  test("are named in any letters", async () => {
    const form = new FormData();
    form.append("files", await colourPng(0, 0), "개 & 고양이/사진 1 #?.png");
    const { body } = await create(form, { format: "imagefolder" });
    const [image] = (await ask("GET", `/datasets/${body.id}/images`)).body.images;
    expect(image.path).toBe("개 & 고양이/사진 1 #?.png");
    expect((await fetch(url(image.url), { headers: admin().headers })).status).toBe(200);
  });

  test("are checked: duplicates within and across the split", async () => {
    const form = await coloursForm(["a", "b"], 2);
    const twice = await colourPng(1, 7);
    form.append("files", twice, "train/a/7.png");
    form.append("files", twice, "val/a/8.png");
    const { body } = await create(form, { format: "imagefolder" });
    const { status, body: report } = await ask("GET", `/datasets/${body.id}/check?near=false`);
    expect(status).toBe(200);
    contract.checkDataset.responses[200].schema.parse(report);
    expect(report).toMatchObject({ dataset_id: body.id, duplicate_count: 1 });
    expect(report.duplicates[0]).toMatchObject({ exact: true });
  });

  test("leave as an archive that makes the same dataset elsewhere", async () => {
    const { id } = await colours({ each: 2 });
    for (const format of ["dice", "imagefolder"]) {
      const response = await fetch(url(`/api/v1/datasets/${id}/export?format=${format}`), {
        headers: admin().headers,
      });
      expect(response.headers.get("content-type")).toBe("application/zip");
      const archive = new Uint8Array(await response.arrayBuffer());
      expect(Object.keys(unzipSync(archive)).filter((name) => name.endsWith(".png"))).toHaveLength(6);
      const form = new FormData();
      form.append("files", new Blob([archive]), "export.zip");
      const { body } = await create(form, { format });
      expect(body.class_distribution).toEqual({ red: 2, green: 2, blue: 2 });
    }
    expect((await ask("GET", `/datasets/${id}/export?format=parquet`)).body.field).toBe("format");
  });
});

describe("dataset_path", () => {
  const makeJob = (config: object, as = admin()) =>
    ask("POST", "/training/jobs", {
      as,
      json: {
        config: { framework: "quatrain", model_name: "cnn4", task_type: "image_classification", ...config },
      },
    });

  test("names a folder below QUATRAIN_ROOTS, which becomes a dataset", async () => {
    const folder = join(root(), "folder of pictures");
    for (const [at, name] of ["a", "b"].entries()) {
      await mkdir(join(folder, name), { recursive: true });
      for (let index = 0; index < 2; index++) {
        await writeFile(join(folder, name, `${index}.png`), await bytesOf(await colourPng(at, index)));
      }
    }
    const { status, body } = await makeJob({ dataset_path: folder, dataset_format: "imagefolder" });
    expect(status, JSON.stringify(body)).toBe(201);
    expect(body).toMatchObject({ dataset_path: folder, dataset_format: "imagefolder", num_classes: 2 });
    const { body: dataset } = await ask("GET", `/datasets/${body.dataset_id}`);
    expect(dataset).toMatchObject({ name: "folder of pictures", class_distribution: { a: 2, b: 2 } });

    await symlink("/etc", join(root(), "way out"));
    for (const dataset_path of [
      "/etc",
      join(root(), "way out"),
      join(root(), ".."),
      join(root(), "absent"),
      "/nowhere",
    ]) {
      const refused = await makeJob({ dataset_path });
      ErrorBody.parse(refused.body);
      expect([refused.status, refused.body.code, refused.body.field]).toEqual([
        403,
        "PATH_NOT_ALLOWED",
        "dataset_path",
      ]);
    }
  });

  test("or is a dataset's id", async () => {
    const { id } = await colours({ each: 1 });
    const { status, body } = await makeJob({ dataset_path: id });
    expect([status, body.dataset_id, body.dataset_path]).toEqual([201, id, id]);
    const unknown = await makeJob({ dataset_path: "somewhere/else" });
    expect([unknown.status, unknown.body.code]).toEqual([404, "DATASET_NOT_FOUND"]);
  });
});

test("unknown datasets are 404 in the contract's words", async () => {
  for (const [method, path] of [
    ["GET", ""],
    ["DELETE", ""],
    ["GET", "/images"],
    ["GET", "/check"],
    ["GET", "/export"],
    ["GET", "/file/x.png"],
  ]) {
    const { status, body } = await ask(method!, `/datasets/8ab5c6e4-0f92-4fff-8f4e-441c08d94cef${path}`);
    expect([status, body.code, body.field]).toEqual([404, "DATASET_NOT_FOUND", "dataset_id"]);
    ErrorBody.parse(body);
  }
});

describe("projects", () => {
  test("are made by name, or when they are first named by number", async () => {
    const owner = await member("manager");
    const made = await ask("POST", "/projects", { as: owner, json: { name: "My Project" } });
    expect(made.status).toBe(201);
    contract.createProject.responses[201].schema.parse(made.body);
    const { id } = made.body;
    const dataset = await colours({ as: owner, each: 1, fields: { project_id: String(id) } });
    const first = await job({ dataset_id: dataset.id }, { project_id: id, session_id: 1 }, owner);
    expect(first).toMatchObject({ project_id: id, project_name: "My Project", session_id: 1 });
    await job({ dataset_id: dataset.id }, { project_id: 5_000 }, owner);
    const { status, body } = await ask("GET", "/projects", { as: owner });
    expect(status).toBe(200);
    contract.listProjects.responses[200].schema.parse(body);
    expect(body).toMatchObject({ total: 2, skip: 0, limit: 50 });
    expect(body.projects).toMatchObject([
      { id: 5_000, job_count: 1, dataset_count: 0, owner_id: owner.id },
      { id, name: "My Project", description: null, job_count: 1, dataset_count: 1 },
    ]);
    const stranger = await member("neighbour");
    const theirs = await colours({ as: stranger, each: 1 });
    const beside = await job({ dataset_id: theirs.id }, { project_id: id }, stranger);
    expect(beside.project_name).toBe(`Project ${id}`); // whose name is nobody else's business
    const next = await ask("POST", "/projects", { as: owner, json: { name: "Next" } });
    expect(next.body.id).toBe(5_001);
    expect((await ask("POST", "/projects", { as: owner, json: {} })).body.field).toBe("name");
  });
});
