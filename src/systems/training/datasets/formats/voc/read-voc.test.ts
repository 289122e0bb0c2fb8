import { describe, expect, it } from "vitest";
import { indexed, placed } from "../../index/testing.ts";

const object = (name: string, box = [10, 20, 30, 50]) => {
  const sides = ["xmin", "ymin", "xmax", "ymax"].map((side, at) => `<${side}>${box[at]}</${side}>`).join("");
  return `<object><name>${name}</name><part><name>head</name><bndbox><xmin>1</xmin></bndbox></part><bndbox>${sides}</bndbox></object>`;
};
const xml = (fileName: string, ...objects: string[]) =>
  `<?xml version="1.0"?><annotation><folder>x</folder><filename>${fileName}</filename>` +
  `<size><width>100</width><height>80</height><depth>3</depth></size>${objects.join("")}</annotation>`;

describe("voc", () => {
  it("reads Annotations, JPEGImages and ImageSets/Main", async () => {
    const index = await indexed(["JPEGImages/1.jpg", "JPEGImages/2 a.jpg", "JPEGImages/3.jpg"], {
      "Annotations/1.xml": xml("1.jpg", object("dog"), object("cat &amp; co")),
      "Annotations/2 a.xml": xml("2 a.jpg", object("cat &amp; co")),
      "Annotations/3.xml": xml("3.jpg"),
      "ImageSets/Main/train.txt": "1\n",
      "ImageSets/Main/val.txt": "2 a\n",
      "ImageSets/Main/test.txt": "3\n",
      "ImageSets/Main/trainval.txt": "1\n2 a\n",
      "ImageSets/Main/dog_train.txt": "1  1\n",
    });
    expect(placed(index)).toEqual({
      "JPEGImages/1.jpg": "train dog",
      "JPEGImages/2 a.jpg": "val cat & co",
      "JPEGImages/3.jpg": "test -",
    });
    expect(index).toMatchObject({
      classes: ["cat & co", "dog"],
      format: "voc",
      taskType: "object_detection",
      problems: [],
    });
    expect(index.images[0]?.boxes[0]).toEqual({ label: 1, x: 10, y: 20, width: 20, height: 30 });
  });

  it.each([
    ["beside the picture", "a/1.jpg", "a/1.xml", "1.jpg"],
    ["in split folders", "train/1.jpg", "train/1.xml", "else.jpg"],
    ["in folders of one tree", "VOC2007/JPEGImages/a/1.jpg", "VOC2007/Annotations/a/1.xml", ""],
    [
      "under the name that it says",
      "pictures/frame 1.jpg",
      "Annotations/x.xml",
      "/home/pi/pictures/frame 1.jpg",
    ],
  ])("finds the picture %s", async (_, picture, annotation, fileName) => {
    const index = await indexed([picture], { [annotation]: xml(fileName, object("cat")) });
    expect(Object.keys(placed(index))).toEqual([picture]);
    expect(index.problems).toEqual([]);
  });

  it("says what does not fit together, and keeps the rest", async () => {
    const index = await indexed(["1.jpg", "2.jpg", "3.jpg", "4.jpg"], {
      "1.xml": xml(
        "1.jpg",
        object("cat"),
        object("cat", [50, 0, 200, 10]),
        object(" "),
        "<object><name>cat</name></object>",
      ),
      "2.xml": xml("2.jpg", object("cat")).replace("100", "200"),
      "3.xml": "<annotation><object>",
      "4.xml":
        '<!DOCTYPE annotation [<!ENTITY a SYSTEM "file:///etc/passwd">]><annotation><filename>&a;</filename></annotation>',
      "5.xml": xml("5.jpg", object("cat")),
      "6.xml": "<svg/>",
      "7.xml": `<annotation>${"<a>".repeat(50)}`,
    });
    expect(index.images.map(({ path, boxes }) => [path, boxes.length])).toEqual([
      ["1.jpg", 2],
      ["2.jpg", 1],
    ]);
    expect(index.problemCounts).toEqual({
      bad_annotation: 4,
      annotation_without_image: 1,
      size_contradiction: 1,
      box_clipped: 1,
      unknown_class: 1,
      box_not_numbers: 1,
      image_without_annotation: 2,
    });
  });
});
