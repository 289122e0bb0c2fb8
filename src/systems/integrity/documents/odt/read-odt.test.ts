import { describe, expect, it } from "vitest";
import {
  type DrawnOdt,
  drawOdt,
  encryptedManifest,
} from "../../../../../tests/support/drawn-documents/open-document-files.ts";
import { hiddenIn, readHere } from "../testing.ts";

const read = (drawn: DrawnOdt | string) =>
  readHere(drawOdt(typeof drawn === "string" ? { body: drawn } : drawn), "trabajo.odt");
const textOf = async (drawn: DrawnOdt | string) => (await read(drawn)).text;

const style = (name: string, family: string, properties: string, parent = "") =>
  `<style:style style:name="${name}" style:family="${family}"${parent && ` style:parent-style-name="${parent}"`}>${properties}</style:style>`;
const p = (inside: string, name = "P") => `<text:p text:style-name="${name}">${inside}</text:p>`;
const span = (inside: string, name: string) => `<text:span text:style-name="${name}">${inside}</text:span>`;

describe("the text of an OpenDocument text", () => {
  it("has its paragraphs apart, and spaces, tabs and breaks as they are meant", async () => {
    const body =
      p("Un  estudio\n de") +
      p("") +
      p('a<text:tab/>b<text:line-break/>c<text:s text:c="3"/>d<text:s/>e') +
      p("fin");
    const { text, format } = await read(body);
    expect([text, format]).toEqual(["Un estudio de\n\na\tb\nc   d e\n\nfin", "odt"]);
  });

  it("has tables row by row, boxes after their paragraph, notes at its end, and no comments", async () => {
    const cell = (text: string) => `<table:table-cell>${p(text)}</table:table-cell>`;
    const row = (...texts: string[]) => `<table:table-row>${texts.map(cell).join("")}</table:table-row>`;
    const note =
      '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>' +
      `${p("La nota.")}</text:note-body></text:note>`;
    const body =
      p(`Antes${note}<office:annotation>${p("un comentario")}</office:annotation> sigue`) +
      `<table:table>${row("A1", "B1")}${row("A2", "B2")}</table:table>` +
      p(`con <draw:frame><draw:text-box>${p("En la caja")}</draw:text-box></draw:frame>caja`) +
      p("fin");
    expect(await textOf(body)).toBe(
      "Antes sigue\n\nA1\tB1\nA2\tB2\n\ncon caja\n\nEn la caja\n\nfin\n\nLa nota.",
    );
  });

  it("has the numbers and bullets of its lists and headings", async () => {
    const styles =
      '<text:outline-style><text:outline-level-style text:level="1" style:num-format="1" style:num-suffix="."/>' +
      '<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/></text:outline-style>';
    const automaticStyles =
      '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1" style:num-prefix="[" style:num-suffix="]"/>' +
      '<text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/></text:list-style>' +
      '<text:list-style style:name="L2"><text:list-level-style-bullet text:level="1" text:bullet-char="x"/></text:list-style>';
    const item = (inside: string) => `<text:list-item>${inside}</text:list-item>`;
    const list = (name: string, inside: string, more = "") =>
      `<text:list text:style-name="${name}"${more}>${inside}</text:list>`;
    const heading = (text: string, level: number) => `<text:h text:outline-level="${level}">${text}</text:h>`;
    const body =
      heading("Uno", 1) +
      heading("Uno uno", 2) +
      heading("Dos", 1) +
      heading("Dos uno", 2) +
      list(
        "L1",
        item(p("García")) + item(`${p("Pérez")}<text:list>${item(p("sub"))}${item(p("sub"))}</text:list>`),
      ) +
      list("L1", item(p("sigue") + p("sin número")), ' text:continue-numbering="true"') +
      list("L1", item(p("de nuevo"))) +
      list("L2", item(p("punto")));
    expect((await textOf({ body, styles, automaticStyles })).split("\n\n")).toEqual([
      "1. Uno",
      "1.1 Uno uno",
      "2. Dos",
      "2.1 Dos uno",
      "[1] García",
      "[2] Pérez",
      "a) sub",
      "b) sub",
      "[3] sigue",
      "sin número",
      "[1] de nuevo",
      "• punto",
    ]);
  });

  it("leaves out what tracked changes delete, and counts them", async () => {
    const body =
      `<text:tracked-changes><text:changed-region><text:deletion>${p("borrado")}</text:deletion></text:changed-region>` +
      `<text:changed-region><text:insertion/></text:changed-region></text:tracked-changes>${p("queda")}`;
    const { text, metadata } = await read(body);
    expect(text).toBe("queda");
    expect(metadata.trackedChanges).toEqual({ insertions: 1, deletions: 1 });
  });
});

describe("hidden text in an OpenDocument text", () => {
  it("is what is not displayed, white or too small, by itself or by its styles", async () => {
    const automaticStyles =
      style("Hidden", "text", '<style:text-properties text:display="none"/>') +
      style("White", "text", '<style:text-properties fo:color="#ffffff"/>') +
      style("Tiny", "text", '<style:text-properties fo:font-size="1pt"/>') +
      style("WhiteP", "paragraph", "", "Base") +
      style("Auto", "text", '<style:text-properties fo:color="#ffffff" style:use-window-font-color="true"/>');
    const styles = style("Base", "paragraph", '<style:text-properties fo:color="#fefefe"/>');
    const body =
      p(
        `visto ${span("uno", "Hidden")} visto ${span("dos", "White")} visto ${span("tres", "Tiny")} ${span("visto", "Auto")}`,
      ) +
      p("cuatro", "WhiteP") +
      `<text:section text:display="none">${p("cinco")}</text:section>` +
      p('visto <text:hidden-text text:is-hidden="true" text:string-value="seis"/>');
    expect(hiddenIn(await read({ body, automaticStyles, styles }))).toEqual([
      ["uno", "not_shown"],
      ["dos", "white"],
      ["tres", "tiny"],
      ["cuatro", "white"],
      ["cinco", "not_shown"],
      ["seis", "not_shown"],
    ]);
  });

  it("is none where something dark lies behind", async () => {
    const dark = 'fo:background-color="#000080"';
    const automaticStyles =
      style("White", "text", '<style:text-properties fo:color="#ffffff"/>') +
      style("Marked", "text", `<style:text-properties fo:color="#ffffff" ${dark}/>`) +
      style("Cell", "table-cell", `<style:table-cell-properties ${dark}/>`) +
      style("Para", "paragraph", `<style:paragraph-properties ${dark}/>`) +
      style("Box", "graphic", '<style:graphic-properties draw:fill="solid" draw:fill-color="#333333"/>');
    const white = (text: string) => span(text, "White");
    const body =
      p(span("marcado", "Marked")) +
      p(white("párrafo"), "Para") +
      `<table:table><table:table-row><table:table-cell table:style-name="Cell">${p(white("celda"))}</table:table-cell></table:table-row></table:table>` +
      p(
        `caja <draw:frame draw:style-name="Box"><draw:text-box>${p(white("caja"))}</draw:text-box></draw:frame>`,
      ) +
      p(white("oculto"));
    expect(hiddenIn(await read({ body, automaticStyles }))).toEqual([["oculto", "white"]]);
    const styles = `<style:page-layout><style:page-layout-properties ${dark}/></style:page-layout>`;
    expect(hiddenIn(await read({ body: p(white("noche")), automaticStyles, styles }))).toEqual([]);
  });
});

it("what an OpenDocument text says of itself is read", async () => {
  const meta =
    "<dc:title>Ensayo</dc:title><meta:initial-creator>Ana</meta:initial-creator><dc:creator>Luis</dc:creator>" +
    "<meta:creation-date>2026-01-30T10:00:00</meta:creation-date><dc:date>2026-01-30T12:00:00.5</dc:date>" +
    "<meta:editing-cycles>7</meta:editing-cycles><meta:editing-duration>P1DT2H3M4S</meta:editing-duration>" +
    '<meta:generator>LibreOffice/7.4</meta:generator><meta:document-statistic meta:page-count="2"/><meta:template xlink:title="Plantilla"/>';
  expect((await read({ body: p("texto"), meta })).metadata).toEqual({
    title: "Ensayo",
    author: "Ana",
    lastModifiedBy: "Luis",
    createdAt: Date.UTC(2026, 0, 30, 10),
    modifiedAt: Date.UTC(2026, 0, 30, 12) + 500,
    revisions: 7,
    editingMinutes: 26 * 60 + 3,
    producer: "LibreOffice/7.4",
    template: "Plantilla",
    pages: 2,
    trackedChanges: { insertions: 0, deletions: 0 },
  });
});

it("an encrypted OpenDocument text is refused by its manifest", async () => {
  const entries = { "META-INF/manifest.xml": encryptedManifest, "content.xml": "x" };
  await expect(read({ body: "", entries })).rejects.toMatchObject({
    code: "document_encrypted",
    status: 400,
  });
});
