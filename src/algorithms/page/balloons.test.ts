import { describe, expect, it } from "vitest";
import { preparePage } from "./prepare-page.ts";
import type { PreparedPage } from "./prepared-page.ts";
import { DrawnPage, within } from "./testing.ts";

const PANEL = { x: 15, y: 15, width: 400, height: 290 };

function panelPage(): DrawnPage {
  const page = new DrawnPage(430, 600);
  page.frame(PANEL, 4);
  page.frame({ x: 15, y: 320, width: 400, height: 265 }, 4);
  return page;
}

/** Share of an ellipse that is kept as text, and how much outside of it. */
function kept(
  { textMask }: PreparedPage,
  ellipse: Parameters<typeof within>[0],
): { inside: number; outside: number } {
  let [inside, area, outside] = [0, 0, 0];
  for (let at = 0; at < textMask.data.length; at++) {
    const [x, y] = [at % textMask.width, Math.floor(at / textMask.width)];
    const isInside = within(ellipse, x, y);
    area += isInside ? 1 : 0;
    if (textMask.data[at] === 1) isInside ? inside++ : outside++;
  }
  return { inside: inside / area, outside };
}

describe("a balloon's inside is kept whole, and its outline is not", () => {
  const balloon = { x: 200, y: 120, radiusX: 110, radiusY: 65 };

  it.each([
    ["with three lines", ["NO ONE", "LEAVES", "THE HALL"], 2],
    ["with one short word", ["NO!"], 2],
    ["with two letters", ["OH"], 3],
  ])("%s", (_, lines, cell) => {
    const page = panelPage();
    page.ellipse(balloon, 3);
    for (const [line, text] of lines.entries())
      page.write(text, balloon.x, balloon.y + (line - (lines.length - 1) / 2) * 26, cell);
    const result = preparePage(page.picture());
    expect(result.texts).toHaveLength(1);
    expect(kept(result, balloon)).toEqual({ inside: 1, outside: 0 });
  });

  it("with three dots", () => {
    const page = panelPage();
    page.ellipse(balloon, 3);
    for (const step of [-12, 0, 12]) page.blot({ x: balloon.x + step, y: balloon.y, radiusX: 3, radiusY: 3 });
    expect(kept(preparePage(page.picture()), balloon)).toEqual({ inside: 1, outside: 0 });
  });

  it("with letters one below the other", () => {
    const upright = { x: 200, y: 155, radiusX: 45, radiusY: 110 };
    const page = panelPage();
    page.ellipse(upright, 3);
    for (const [place, letter] of [..."HALT"].entries()) page.write(letter, upright.x, 101 + place * 36, 4);
    expect(kept(preparePage(page.picture()), upright)).toEqual({ inside: 1, outside: 0 });
  });

  it.each([4, 5, 6, 7])("before a screentone of pitch %i", (pitch) => {
    const page = panelPage();
    page.dots({ x: 19, y: 19, width: 392, height: 282 }, pitch, 0.25, 45);
    page.ellipse(balloon, 3);
    page.write("WHAT NOW", balloon.x, balloon.y, 2);
    const result = preparePage(page.picture());
    expect(result.texts).toHaveLength(1);
    expect(kept(result, balloon)).toEqual({ inside: 1, outside: 0 });
  });
});

describe("no balloon", () => {
  const textOf = (page: DrawnPage) => {
    const { textMask, texts } = preparePage(page.picture());
    return { pixels: textMask.data.reduce((sum, value) => sum + value, 0), texts: texts.length };
  };

  it.each([30, 50, 80, 110])("is a white face of radius %i", (radius) => {
    const page = panelPage();
    page.dots({ x: 19, y: 19, width: 392, height: 282 }, 6, 0.2, 45);
    page.face(200, 160, radius);
    expect(textOf(page)).toEqual({ pixels: 0, texts: 0 });
  });

  it("is an empty ellipse, or one with a single blot", () => {
    const page = panelPage();
    page.ellipse({ x: 110, y: 150, radiusX: 80, radiusY: 60 }, 3);
    page.ellipse({ x: 310, y: 150, radiusX: 80, radiusY: 60 }, 3);
    page.blot({ x: 310, y: 150, radiusX: 20, radiusY: 20 });
    expect(textOf(page)).toEqual({ pixels: 0, texts: 0 });
  });

  it.each([4, 5, 6, 7])("is an ellipse full of screentone of pitch %i", (pitch) => {
    const page = panelPage();
    page.ellipse({ x: 200, y: 160, radiusX: 110, radiusY: 75 }, 3);
    page.dots({ x: 140, y: 130, width: 120, height: 60 }, pitch, 0.2, 45);
    expect(textOf(page)).toEqual({ pixels: 0, texts: 0 });
  });
});
