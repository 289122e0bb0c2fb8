import { describe, expect, test } from "vitest";
import { findWords } from "../words.ts";
import { alignFingerprints, alignTexts } from "./align.ts";
import { cutPassages } from "./cut-passages.ts";
import { everyShingle } from "./fingerprints.ts";

const words = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, at) => `${prefix}${at}`).join(" ");
const spanOf = (text: string, part: string) => {
  const start = text.indexOf(part);
  return { start, end: start + part.length };
};

describe("passages without excluded places", () => {
  const quoted = words("cita", 30);
  const here = `${words("propia", 20)} ${words("antes", 30)} «${quoted}» ${words("detras", 40)} ${words("final", 20)}`;
  const there = `${words("otra", 50)} ${words("antes", 30)} ${quoted} ${words("detras", 40)}`;
  const found = alignTexts(findWords(here), findWords(there));
  const cut = (...parts: string[]) =>
    cutPassages(
      found,
      parts.map((part) => spanOf(here, part)),
      findWords(here),
    ).map(({ suspicious, source, matchedWords }) => [
      here.slice(suspicious.start, suspicious.end),
      there.slice(source.start, source.end),
      matchedWords,
    ]);

  test("are as they were where nothing is excluded, or something else", () => {
    expect(found.map(({ matchedWords }) => matchedWords)).toEqual([100]);
    expect(cutPassages(found, [], findWords(here))).toEqual(found);
    expect(cutPassages(found, [spanOf(here, words("propia", 20))], findWords(here))).toEqual(found);
  });

  test("fall apart where more is missing than a passage may lack", () => {
    expect(cut(`«${quoted}»`)).toEqual([
      [words("antes", 30), words("antes", 30), 30],
      [words("detras", 40), words("detras", 40), 40],
    ]);
  });

  test("stay one around a short place", () => {
    const rest = `${words("antes", 30)} «${quoted}» ${words("detras", 40)}`;
    expect(cut("cita3 cita4 cita5")).toEqual([[rest, rest.replace(/[«»]/g, ""), 97]]);
  });

  test("are cut on both sides, within a run of equal words too", () => {
    expect(cut(`${words("antes", 30)} «${quoted}» detras0 detr`)).toEqual([
      [
        words("detras", 40).slice("detras0 detras1 ".length),
        words("detras", 40).slice("detras0 detras1 ".length),
        38,
      ],
    ]);
  });

  test("go where less than a passage remains", () => {
    expect(cut(`«${quoted}» ${words("detras", 40)}`, words("antes", 19))).toEqual([]);
    expect(cut(here)).toEqual([]);
  });

  test("are cut the same way where only fingerprints were kept", () => {
    const coarse = alignFingerprints(everyShingle(findWords(here)), everyShingle(findWords(there)));
    const rest = cutPassages(coarse, [spanOf(here, `${words("antes", 30)} «${quoted}`)], findWords(here));
    expect(rest.map(({ source }) => there.slice(source.start, source.end))).toEqual([words("detras", 40)]);
  });
});
