import { describe, expect, it } from "vitest";
import { nameFrom, totalBytes } from "./dataset-files.ts";

const given = (...paths: string[]) => paths.map((path) => ({ path, file: new File(["abc"], path) }));

describe("files of a dataset", () => {
  it("name it as the folder or archive that was dropped, and not at all where there are several", () => {
    expect(nameFrom(given("steel/crack/1.png", "steel/hole/1.png"))).toBe("steel");
    expect(nameFrom(given("steel.2024.zip"))).toBe("steel.2024");
    expect(nameFrom(given("crack/1.png", "hole/1.png"))).toBe("");
    expect(nameFrom(given("1.png", "2.png"))).toBe("");
    expect(nameFrom([])).toBe("");
  });

  it("are as large as all of them together", () => {
    expect(totalBytes(given("a", "b"))).toBe(6);
  });
});
