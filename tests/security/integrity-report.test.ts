import { extractText, getDocumentProxy } from "unpdf";
import { describe, expect, test } from "vitest";
import { MARGINS } from "../../src/systems/integrity/report/pdf/open-pdf.ts";
import { renderPdf } from "../../src/systems/integrity/report/render-pdf.ts";
import type { ReportFinding, ReportInput } from "../../src/systems/integrity/report/report-input.ts";
import { hostileInput, withFindings } from "../../src/systems/integrity/report/testing/hostile-input.ts";
import { sampleInput } from "../../src/systems/integrity/report/testing/sample-input.ts";
import { wordsOf } from "../../src/systems/integrity/report/words.ts";

/** Reports of cases that somebody made to break them. */

async function render(input: ReportInput): Promise<{ pages: readonly string[]; text: string }> {
  const document = await getDocumentProxy((await renderPdf(input)).slice());
  const { text } = await extractText(document, { mergePages: false });
  return { pages: text, text: text.join(" ").replace(/\s+/g, " ") };
}

/** How far text reaches beyond the right margin on any page, in points. */
async function overhang(input: ReportInput): Promise<number> {
  const document = await getDocumentProxy(await renderPdf(input));
  let most = Number.NEGATIVE_INFINITY;
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number);
    const margin = page.getViewport({ scale: 1 }).width - MARGINS.right;
    for (const item of (await page.getTextContent()).items) {
      if ("str" in item && item.str.trim() !== "")
        most = Math.max(most, item.transform[4] + item.width - margin);
    }
  }
  return most;
}

describe("nothing runs over the margin", () => {
  const wide = hostileInput.filter(([name]) => /letters|address/.test(name));
  test.each([["a usual case", () => sampleInput("pt")] as const, ...wide])("%s", async (_, make) => {
    // a hanging space is as wide as this
    expect(await overhang(make())).toBeLessThan(6.5);
  });
});

describe("hostile cases", () => {
  test.each(hostileInput)("%s", async (_, make) => {
    const { pages } = await render(make());
    expect(pages.length).toBeLessThanOrEqual(62);
  });

  test("ten thousand findings stay within the bound, and the rest is counted", async () => {
    const finding = (index: number): ReportFinding => ({
      rule: "references.uncited",
      dimension: "referencias",
      severity: "low",
      value: index,
      threshold: null,
      span: { start: index % 6_000, end: (index % 6_000) + 300 },
      explanation: "La entrada no se cita en el texto. ".repeat(20),
      facts: {},
    });
    const findings = Array.from({ length: 10_000 }, (_, index) => finding(index));
    const { pages, text } = await render(withFindings(sampleInput(), findings));
    expect(pages.length).toBeLessThanOrEqual(62);
    const listed = text.match(/\d+\. Referencia sin cita/g)!.length;
    const leftOut = new Intl.NumberFormat("es").format(10_000 - listed);
    expect(text).toContain(wordsOf("es").findings.leftOut(leftOut));
  });
});
