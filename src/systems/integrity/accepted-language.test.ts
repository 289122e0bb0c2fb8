import { expect, test } from "vitest";
import { acceptedLanguage } from "./accepted-language.ts";

test.each([
  [undefined, "es"],
  ["", "es"],
  ["en", "en"],
  ["pt-BR,pt;q=0.9", "pt"],
  ["de, en;q=0.5, pt;q=0.8", "pt"],
  ["en;q=0, de", "es"],
  ["*", "es"],
  ["EN-us;q=x, pt", "pt"],
])("%j is answered in %s", (header, language) => {
  expect(acceptedLanguage(header)).toBe(language);
});
