import { expect, test } from "vitest";
import { STYLE_SHEET } from "./style-sheet.ts";

/** The variables of both themes, in the order in which the sheet has them: light first. */
const themes = [...STYLE_SHEET.matchAll(/color-scheme: (light|dark);([^}]*)\}/g)]
  .slice(0, 2)
  .map(([, name, body]) => ({
    name: name!,
    colour: Object.fromEntries(
      [...body!.matchAll(/--([a-z-]+): (#[0-9a-f]{6})/g)].map(([, key, hex]) => [key!, hex!]),
    ),
  }));

/** WCAG 2.2, relative luminance. */
function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light! + 0.05) / (dark! + 0.05);
}

const TEXTS: Readonly<Record<string, readonly string[]>> = {
  paper: ["ink", "muted", "accent", "low", "medium", "high", "calm"],
  page: ["ink", "muted", "accent"],
  sunken: ["ink", "muted", "accent"],
  notice: ["ink"],
  "mark-low": ["ink"],
  "mark-medium": ["ink"],
  "mark-high": ["ink"],
  "mark-similar": ["ink"],
};

test.each(themes)("text meets WCAG AA on every ground ($name)", ({ colour }) => {
  for (const [ground, texts] of Object.entries(TEXTS)) {
    for (const text of texts) {
      expect([text, ground, contrast(colour[text]!, colour[ground]!) >= 4.5]).toEqual([text, ground, true]);
    }
  }
});

test("there are two themes", () => {
  expect(themes.map(({ name }) => name)).toEqual(["light", "dark"]);
});
