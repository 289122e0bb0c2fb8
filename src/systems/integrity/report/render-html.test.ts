import { type CheerioAPI, load } from "cheerio";
import { describe, expect, test } from "vitest";
import { REPORT_LANGUAGES } from "../../../contracts/integrity/index.ts";
import { renderHtml } from "./render-html.ts";
import type { ReportFinding, ReportInput } from "./report-input.ts";
import { hostileInput, withFindings } from "./testing/hostile-input.ts";
import { sampleInput } from "./testing/sample-input.ts";
import { SAMPLE_TEXT } from "./testing/sample-text.ts";
import { wordsOf } from "./words.ts";

/** Parsed, with what the parser had to mend. */
const parse = (input: ReportInput): CheerioAPI => load(renderHtml(input));

const BAD = `<script>alert("x")</script><img src="https://evil.example/x.png" onerror='y'>&amp;`;

/** Elements that are opened and closed, by counting tags: a parser would mend what is missing. */
function unbalanced(markup: string): string[] {
  const open: string[] = [];
  const void_ = new Set(["meta", "br", "!doctype"]);
  for (const [, slash, name] of markup.matchAll(/<(\/?)([a-z!][a-z0-9]*)[^>]*>/gi)) {
    const tag = name!.toLowerCase();
    if (void_.has(tag)) continue;
    if (slash === "") open.push(tag);
    else if (open.pop() !== tag) return [`</${tag}>`];
  }
  return open;
}

const finding = (given: Partial<ReportFinding>): ReportFinding => ({
  rule: "characters.homoglyph",
  dimension: "presentación",
  severity: "low",
  value: 1,
  threshold: null,
  span: null,
  explanation: "x",
  facts: {},
  ...given,
});

describe("the HTML report", () => {
  test.each(REPORT_LANGUAGES)("is well formed and loads nothing (%s)", (language) => {
    const markup = renderHtml(sampleInput(language));
    const $ = load(markup);
    expect(unbalanced(markup.replace(/<style>[\s\S]*?<\/style>/, ""))).toEqual([]);
    expect($("html").attr("lang")).toBe(language);
    expect($("script, link, img, iframe, object, embed, form, base")).toHaveLength(0);
    expect(markup).not.toMatch(/\s(src|srcset|action|on[a-z]+)=/i);
    expect(markup).not.toMatch(/url\(|@import/);
    for (const link of $("a").toArray()) expect($(link).attr("href")).toMatch(/^#/);
    expect($("th").filter((_, cell) => $(cell).attr("scope") === undefined)).toHaveLength(0);
  });

  test("has every id once, and every link leads somewhere", () => {
    const $ = parse(sampleInput());
    const ids = $("[id]")
      .toArray()
      .map((element) => $(element).attr("id"));
    expect(new Set(ids).size).toBe(ids.length);
    for (const link of $("a").toArray()) expect(ids).toContain($(link).attr("href")!.slice(1));
  });

  test("has headings that go down one level at a time", () => {
    const levels = parse(sampleInput())("h1, h2, h3, h4")
      .toArray()
      .map(({ tagName }) => Number(tagName[1]));
    levels.forEach((level, index) => {
      expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1);
    });
  });

  test("shows people's part and programs' part apart, in the agreed order", () => {
    const $ = parse(sampleInput());
    const order = $("h2")
      .toArray()
      .map((heading) => $(heading).attr("id"));
    expect(order).toEqual([
      "score",
      "measured",
      "findings",
      "sources",
      "pairs",
      "text",
      "signals",
      "reviews",
      "limits",
    ]);
    expect($(".measured #score, .measured #reviews")).toHaveLength(0);
    expect($(".measured #measured, .measured #findings, .measured #signals")).toHaveLength(3);
    expect($("header .notice").text()).toContain("no es un veredicto");
  });

  test("says how each point arose", () => {
    const $ = parse(sampleInput("en"));
    expect($("section").eq(0).text()).toContain("0.4 × 1.0 × 0.8");
    expect($("section").eq(0).text()).toContain("Sum: 30.0. Score: 30.");
  });

  test("does not explain figures by a formula that they do not follow from", () => {
    const input = sampleInput();
    const $ = parse({ ...input, case: { ...input.case, overall_score: 77, overall_level: "ALTO" } });
    expect($("section").eq(0).text()).toContain(wordsOf("es").score.takenOver);
    expect($("section").eq(0).text()).not.toContain("×");
  });

  test("names every analysis that was made or not, with the reason, and the limits of those that were", () => {
    const $ = parse(sampleInput("pt"));
    const words = wordsOf("pt");
    expect($("#measured").parent().text()).toContain(words.measured.reasons.too_short);
    expect($("#measured").parent().text()).toContain(words.measured.notes.image_unreadable);
    const limits = $("#limits").parent().text();
    expect(limits).toContain(words.limits.paragraphs.machine_text);
    expect(limits).not.toContain(words.limits.paragraphs.earlier_texts);
  });

  test("escapes whatever strangers wrote, wherever it stands", () => {
    const input = sampleInput();
    const { measured } = input.case;
    const poisoned: ReportInput = {
      ...input,
      text: BAD.repeat(3),
      sources: [{ id: BAD, kind: "source", title: BAD, author: BAD, text: BAD }],
      case: {
        ...input.case,
        title: BAD,
        author: BAD,
        recommendations: [BAD],
        file: { filename: BAD, format: "docx", kept: true },
        measured: {
          ...measured!,
          pending: [BAD],
          opinion: { model: BAD, text: BAD, at: BAD },
          coverage: { style: { done: false, reason: BAD }, file: { done: true, notes: [BAD] } },
          signals: { language: BAD, file: { producer: BAD, last_modified_by: BAD } },
          similarity: [{ ...measured!.similarity[0]!, id: BAD, title: BAD, author: BAD }],
          findings: [
            finding({
              value: BAD,
              threshold: BAD,
              explanation: BAD,
              facts: { piece: BAD },
              span: { start: 0, end: 9 },
            }),
            finding({
              rule: "similarity.passage",
              span: { start: 0, end: 60 },
              source: {
                kind: "source",
                id: BAD,
                title: BAD,
                span: { start: 0, end: 60 },
                similarity: 1,
                same_author: false,
              },
            }),
          ],
        },
      },
      reviews: {
        state: "resuelto",
        reviews: [
          { kind: "decision", decision: "infraccion", notas: BAD, by: BAD, at: "2026-02-02T12:05:00" },
        ],
      },
    };
    const markup = renderHtml(poisoned);
    const $ = load(markup);
    expect($("script, img")).toHaveLength(0);
    expect(markup).not.toContain("<script");
    expect($("h1").text()).toBe(BAD);
    expect($("title").text()).toContain(BAD);
    expect($(".text").text()).toContain(BAD);
    expect(unbalanced(markup.replace(/<style>[\s\S]*?<\/style>/, ""))).toEqual([]);
  });

  test("cannot be turned around by directions or hidden characters in a text", () => {
    const input = sampleInput();
    const markup = renderHtml({ ...input, case: { ...input.case, title: "a\u202eb\u0000c" } });
    expect(markup).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b\0]/);
    expect(load(markup)("h1").text()).toBe("aU+202EbU+0000c");
  });
});

describe("places in the text", () => {
  const text = "😀😀 Uno 𝒳𝒴 dos, y después tres palabras más para llegar al final del texto. 😀";
  const points = [...text];
  const at = (piece: string) => {
    const start = [...text.slice(0, text.indexOf(piece))].length;
    return { start, end: start + [...piece].length };
  };
  const withPlaces = (...findings: ReportFinding[]): ReportInput => ({
    ...withFindings(sampleInput(), findings),
    text,
  });

  test("count in code points: characters of two units are highlighted exactly", () => {
    const $ = parse(withPlaces(finding({ span: at("𝒳𝒴") }), finding({ span: at("tres palabras") })));
    const marks = $(".text mark")
      .toArray()
      .map((mark) => $(mark).text());
    expect(marks).toEqual(["𝒳𝒴", "tres palabras"]);
    expect(points.slice(at("𝒳𝒴").start, at("𝒳𝒴").end).join("")).toBe("𝒳𝒴");
    expect($("blockquote mark").eq(0).text()).toBe("𝒳𝒴");
  });

  test("may overlap: each begins with its number, and the text stays what it was", () => {
    const $ = parse(
      withPlaces(
        finding({ severity: "medium", span: { start: at("Uno").start, end: at("dos").end } }),
        finding({ severity: "high", span: { start: at("𝒳").start, end: at("después").end } }),
      ),
    );
    const numbers = $(".text .anchor")
      .toArray()
      .map((anchor) => $(anchor).attr("href"));
    expect(numbers).toEqual(["#f1", "#f2"]);
    expect($(".text mark.high").text()).toBe("𝒳𝒴 dos, y después");
    $(".anchor").remove();
    expect($(".text p").text()).toBe(text);
  });

  test("beyond the text are told in words, not guessed", () => {
    const $ = parse(withPlaces(finding({ span: { start: 9_000, end: 9_010 } })));
    expect($(".text mark")).toHaveLength(0);
    expect($("#f1").text()).toContain("9001");
    expect($("#f1 a")).toHaveLength(0);
  });
});

describe("passages side by side", () => {
  test("have the words highlighted that both texts share, on both sides", () => {
    const $ = parse(sampleInput());
    const marks = (side: number) =>
      $(".pair")
        .eq(1)
        .find(".passage")
        .eq(side)
        .find("mark")
        .toArray()
        .map((mark) => $(mark).text().split(/\W+/).filter(Boolean).length)
        .reduce((sum, count) => sum + count, 0);
    expect(marks(0)).toBeGreaterThan(80);
    expect(marks(0)).toBe(marks(1));
    expect($(".pair").eq(1).find(".passage").eq(0).text()).toContain("abandona");
    expect($(".pair").eq(1).find("mark").text()).not.toContain("abandona");
  });

  test("say where a text is not kept", () => {
    const $ = parse(sampleInput("en"));
    expect($(".pair").eq(2).text()).toContain(wordsOf("en").pairs.textGone);
  });

  test("are at most fifty, the longest ones, and the rest is counted", () => {
    const similar = (value: number) =>
      finding({
        rule: "similarity.passage",
        dimension: "similitud",
        value,
        span: { start: 0, end: 100 },
        source: {
          kind: "source",
          id: "src_1f0e5c2b9a44",
          title: "x",
          span: { start: 0, end: 100 },
          similarity: 1,
          same_author: false,
        },
      });
    const many = Array.from({ length: 70 }, (_, index) => similar(index));
    const $ = parse(withFindings(sampleInput("en"), many));
    expect($(".pair")).toHaveLength(50);
    expect($(".pair a").eq(0).attr("href")).toBe("#f21");
    expect($("#pairs").parent().text()).toContain(wordsOf("en").pairs.leftOut("20"));
  });
});

describe("a report with less in it", () => {
  test("says that the text is not kept", () => {
    const $ = parse({ ...sampleInput("en"), text: null });
    expect($("#text").parent().text()).toContain(wordsOf("en").text.gone);
    expect($("#findings").parent().text()).toContain(wordsOf("en").findings.textGone);
    expect($("blockquote mark")).toHaveLength(0);
  });

  test("is whole where nothing was measured", () => {
    const input = sampleInput("en");
    const $ = parse({ ...input, case: { ...input.case, measured: null, author: null, title: null } });
    expect($("#measured").parent().text()).toContain(wordsOf("en").measured.absent);
    expect($("#limits, #findings")).toHaveLength(0);
    expect($("h1").text()).toBe(wordsOf("en").head.untitled);
    expect($(".text").text()).toContain("conciencia counterfeit");
  });

  test("says that nothing was found, and that nobody has decided", () => {
    const input = withFindings(sampleInput("en"), []);
    const $ = parse({ ...input, reviews: { state: "pendiente", reviews: [] } });
    expect($("#findings").parent().text()).toContain(wordsOf("en").findings.none);
    expect($("#reviews").parent().text()).toContain(wordsOf("en").reviews.none);
    expect($(".text").text()).toContain(SAMPLE_TEXT.slice(0, 60));
  });
});

describe("hostile cases", () => {
  test.each(hostileInput)("%s", (_, make) => {
    const markup = renderHtml(make());
    expect(markup.isWellFormed()).toBe(true);
    expect(markup.length).toBeLessThan(32_000_000);
    expect(unbalanced(markup.replace(/<style>[\s\S]*?<\/style>/, ""))).toEqual([]);
  });

  test("of ten thousand findings the gravest are listed, and the rest is counted", () => {
    const findings = Array.from({ length: 10_000 }, (_, index) =>
      finding({
        severity: index % 100 === 99 ? "high" : "low",
        span: { start: index % 900, end: (index % 900) + 9 },
      }),
    );
    const $ = parse(withFindings(sampleInput("en"), findings));
    expect($(".finding")).toHaveLength(1_000);
    expect($(".finding .severity.high")).toHaveLength(100);
    expect($("#findings").parent().text()).toContain(wordsOf("en").findings.leftOut("9,000"));
    expect($(".tally").text()).toContain("9,900");
  });
});

test("the same case gives the same document", () => {
  expect(renderHtml(sampleInput())).toBe(renderHtml(structuredClone(sampleInput())));
});
