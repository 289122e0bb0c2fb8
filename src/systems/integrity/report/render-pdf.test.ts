import { extractText, getDocumentProxy, getMeta } from "unpdf";
import { describe, expect, test } from "vitest";
import { REPORT_LANGUAGES } from "../../../contracts/integrity/index.ts";
import { MARGINS } from "./pdf/open-pdf.ts";
import { renderPdf } from "./render-pdf.ts";
import type { ReportFinding, ReportInput } from "./report-input.ts";
import { hostileInput, withFindings } from "./testing/hostile-input.ts";
import { sampleInput } from "./testing/sample-input.ts";
import { wordsOf } from "./words.ts";

interface ReadPdf {
  readonly pages: readonly string[];
  /** White space as single spaces. */
  readonly text: string;
  readonly info: Readonly<Record<string, unknown>>;
}

async function read(bytes: Uint8Array): Promise<ReadPdf> {
  const document = await getDocumentProxy(bytes.slice());
  const { text } = await extractText(document, { mergePages: false });
  const { info } = await getMeta(document);
  return { pages: text, text: text.join(" ").replace(/\s+/g, " "), info };
}

const render = async (input: ReportInput) => read(await renderPdf(input));

describe("the PDF report", () => {
  test("is a PDF with title, language and structure", async () => {
    const bytes = await renderPdf(sampleInput());
    const start = Buffer.from(bytes.subarray(0, 8)).toString("latin1");
    expect(start).toBe("%PDF-1.7");
    const raw = Buffer.from(bytes).toString("latin1");
    expect(raw).toContain("/Marked true");
    expect(raw).toContain("/Lang (es)");
    const { info } = await read(bytes);
    expect(info.Title).toContain("Lectura y atención en la escuela secundaria");
  });

  test.each(REPORT_LANGUAGES)("can be read back, accents and all (%s)", async (language) => {
    const words = wordsOf(language);
    const { text, pages } = await render(sampleInput(language));
    expect(text).toContain("María José Peña Güell");
    expect(text).toContain(words.head.noVerdict);
    expect(text).toContain(words.names.evidences.datos_inconsistentes);
    expect(text).toContain(words.limits.paragraphs.machine_text);
    expect(text).toContain(words.reviews.decisions.con_observaciones);
    for (const [index, page] of pages.entries()) {
      expect(page).toContain("case_a1b2c3d4e5f6");
      expect(page).toContain(words.print.page(String(index + 1), String(pages.length)));
    }
  });

  test("shows the text around each finding, and both sides of similar passages", async () => {
    const { text } = await render(sampleInput());
    expect(text).toContain("algunos autores llaman conciencia counterfeit, prometen");
    expect(text).toContain("t(118) = 2,31, p = 0,002");
    expect(text).toContain("eva[U+200B]luación");
    expect(text).toContain("Diversos metaanálisis");
    expect(text).toContain("0,4 × 1,0 × 0,8");
  });

  test("is the same for the same case, byte by byte", async () => {
    const [one, other] = [await renderPdf(sampleInput()), await renderPdf(structuredClone(sampleInput()))];
    expect(Buffer.from(one).equals(Buffer.from(other))).toBe(true);
  });

  test("is whole without a text, without measurements, without decisions", async () => {
    const input = sampleInput("en");
    const words = wordsOf("en");
    const { text } = await render({ ...input, text: null });
    expect(text).toContain(words.findings.textGone);
    const bare = await render({
      ...input,
      case: { ...input.case, measured: null, title: null, author: null, overall_score: 77 },
      reviews: { state: "pendiente", reviews: [] },
    });
    expect(bare.text).toContain(words.measured.absent);
    expect(bare.text).toContain(words.score.takenOver);
    expect(bare.text).toContain(words.reviews.none);
  });

  test("draws what its fonts lack as a box", async () => {
    const input = sampleInput();
    const { text } = await render({ ...input, case: { ...input.case, title: "Uno 中文 🏳️‍🌈 dos" } });
    expect(text).toContain("Uno \ufffd\ufffd \ufffd\ufffd dos");
  });
});

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
