import { describe, expect, it } from "vitest";
import { hiddenIn, readHere } from "../testing.ts";

const read = (html: string) => readHere(html, "página.HTML");
const textOf = async (html: string) => (await read(html)).text;

describe("the text of a page", () => {
  it("has its blocks apart, white space as it is shown, and nothing of scripts and styles", async () => {
    const html =
      "<!doctype html><html><head><title>T</title><style>p { color: red }</style><script>var x = '<p>no</p>'</script></head>" +
      "<body><h1>Un\n  título</h1><p>Una <b>frase</b> con <i>énfasis</i>.<p>Otra&nbsp;más &amp; fin<br>línea<!-- no --></p>" +
      "<ul><li>uno</li><li>dos</li></ul><table><tr><td>A1</td><td><p>B1</p></td></tr><tr><td>A2<td>B2</table>" +
      "<pre>a  b\n c</pre><textarea>no</textarea><svg><text>no</text></svg></body></html>";
    expect(await textOf(html)).toBe(
      "Un título\n\nUna frase con énfasis.\n\nOtra más & fin\nlínea\n\nuno\n\ndos\n\nA1\tB1\nA2\tB2\n\na  b\n c",
    );
  });

  it("is decoded as the page says, or as its bytes are", async () => {
    const page = (charset: string) => `<meta charset=${charset}><p>Año nuevo</p>`;
    const latin = Buffer.from(page("iso-8859-1"), "latin1");
    expect((await readHere(latin, "a.html")).text).toBe("Año nuevo");
    expect((await readHere(Buffer.from(page("x-none"), "latin1"), "a.html")).notes).toEqual([
      "assumed_windows_1252",
    ]);
    expect(await textOf(page("iso-8859-1"))).toBe("Año nuevo");
  });

  it("is found by how it begins where the name says nothing", async () => {
    expect(await readHere("\n<HTML><p>hola</p>", "sin-nombre")).toMatchObject({
      format: "html",
      text: "hola",
    });
    expect(await readHere("<html><p>hola", "a.txt")).toMatchObject({ format: "txt", text: "<html><p>hola" });
  });
});

describe("hidden text in a page", () => {
  it("is what its elements' own attributes hide", async () => {
    const html =
      '<p>visto <span style="display:none">uno</span> visto <span style="color: #FFF">dos</span> visto ' +
      '<span style="font-size:0">tres</span> visto <font color="white">cuatro</font> visto</p>' +
      '<div hidden>cinco <span style="display:inline">seis</span></div><p style="visibility: hidden !important">siete</p>' +
      '<p>visto <span style="color: rgb(255, 254, 255)">ocho</span> <span style="opacity:0">nueve</span></p>';
    expect(hiddenIn(await read(html))).toEqual([
      ["uno", "not_shown"],
      ["dos", "white"],
      ["tres", "tiny"],
      ["cuatro", "white"],
      ["cinco seis\n\nsiete", "not_shown"],
      ["ocho", "white"],
      ["nueve", "not_shown"],
    ]);
  });

  it("is none on dark grounds, nor where a style sheet may lay one", async () => {
    const white = '<span style="color:white">letras</span>';
    for (const html of [
      `<p style="background: #333">${white}</p>`,
      `<table><tr><td bgcolor="navy">${white}</td></tr></table>`,
      `<style>.x { background: black }</style><p class="x">${white}</p>`,
      `<link rel="stylesheet" href="x.css"><p>${white}</p>`,
    ])
      expect(hiddenIn(await read(html)), html).toEqual([]);
    expect(hiddenIn(await read(`<p style="background: transparent">${white}</p>`))).toHaveLength(1);
  });
});

it("what a page says of itself is read", async () => {
  const html =
    '<head><title> Ensayo </title><meta name="author" content="Ana"><meta name="DCTERMS.created" content="2026-01-30T10:00:00Z">' +
    '<meta name="generator" content="LibreOffice"></head><p>texto';
  expect((await read(html)).metadata).toEqual({
    title: "Ensayo",
    author: "Ana",
    createdAt: Date.UTC(2026, 0, 30, 10),
    producer: "LibreOffice",
  });
});
