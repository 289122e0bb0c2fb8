import { extractText, getDocumentProxy, getMeta } from "unpdf";
import { describe, expect, test } from "vitest";
import { REPORT_LANGUAGES } from "../../../contracts/integrity/index.ts";
import { renderPdf } from "./render-pdf.ts";
import type { ReportInput } from "./report-input.ts";
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
