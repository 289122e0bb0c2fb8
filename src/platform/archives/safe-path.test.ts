import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { QuatrainError } from "../errors/quatrain-error.ts";
import { safePath } from "./safe-path.ts";

describe("safePath", () => {
  it.each([
    ["train/cat/1.png", "train/cat/1.png"],
    ["train\\cat\\1.png", "train/cat/1.png"],
    ["./a//b/./1.png", "a/b/1.png"],
    ["고양이/1.png", "고양이/1.png"],
    ["고양이/1.png".normalize("NFD"), "고양이/1.png"],
    ["a..b/...c/1..png", null],
    ["a..b/c/1..png", "a..b/c/1..png"],
  ])("%j is %j", (name, path) => {
    expect(safePath(name)).toBe(path);
  });

  it.each(["__MACOSX/a/._1.png", ".DS_Store", "a/.DS_Store", "a/Thumbs.db", "desktop.ini", ".git/config"])(
    "%j is left out without a word",
    (name) => {
      expect(safePath(name)).toBeNull();
    },
  );

  it.each([
    "../1.png",
    "a/../../1.png",
    "a\\..\\1.png",
    "/etc/passwd",
    "\\\\server\\share\\1.png",
    "C:\\1.png",
    "c:1.png",
    "a/\u0000.png",
    "a\n.png",
    "\ud800.png",
    "",
    "a/",
    ".",
    `${"a/".repeat(20)}1.png`,
    `${"ä".repeat(500)}.png`,
  ])("%j is refused by name", (name) => {
    expect(() => safePath(name)).toThrow(expect.objectContaining({ code: "unsafe_path", status: 400 }));
  });

  it("makes of any name a path that stays below its folder, or refuses it", () => {
    const piece = fc.oneof(
      fc.constantFrom("..", ".", "", "/", "\\", "a", "c:", "__MACOSX", "\u0000"),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        let path: string | null;
        try {
          path = safePath(pieces.join("/"));
        } catch (error) {
          expect(error).toBeInstanceOf(QuatrainError);
          return;
        }
        if (path === null) return;
        const parts = path.split("/");
        expect(parts.every((part) => part !== "" && !part.startsWith("."))).toBe(true);
        expect(parts.length).toBeLessThanOrEqual(20);
        expect(safePath(path)).toBe(path);
      }),
    );
  });
});
