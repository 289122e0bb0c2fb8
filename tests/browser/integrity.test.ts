import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { CHROMIUM, visit } from "../support/browser.ts";
import { drawDocx, paragraph } from "../support/drawn-documents/word-files.ts";
import { postJson } from "../support/requests.ts";

const COPIED =
  "Los estudiantes que leen en papel recuerdan mejor la secuencia de los hechos que quienes leen en pantalla, según muestran los registros de tres cursos sucesivos de la misma escuela, aunque la diferencia se reduce cuando el texto es breve y la tarea se conoce de antemano.";
const OWN =
  "Este ensayo compara dos maneras de leer. La primera parte describe las clases observadas durante un año. La segunda discute qué puede concluirse de ellas y qué no.";

describe.skipIf(!CHROMIUM)("integrity in the console", () => {
  it("takes a text with observations and shows score, findings, both sides of a passage, and a decision", async () => {
    const { page, server, signIn, open, expectAccessible, picture } = await visit();
    await signIn();
    await postJson(`${server.url}/api/sources`, { texto: `${COPIED} Fin.`, titulo: "Papel y pantalla" });
    await open("/integrity");
    await page.getByText("0 cases").waitFor();
    await expectAccessible();
    await page.getByRole("link", { name: "Submit a document" }).click();
    await page.getByLabel("Text", { exact: true }).fill(`${OWN}\n\n${COPIED}`);
    await page.getByLabel("Title").fill("Dos maneras de leer");
    await page.getByLabel("Author", { exact: true }).fill("Ana Pérez");
    await page.getByLabel("There are no drafts").check();
    await page.getByLabel("Data do not agree with each other").check();
    await expectAccessible();
    await picture("integrity-new");
    await page.getByRole("button", { name: "Submit" }).click();

    await page.getByRole("heading", { name: "Dos maneras de leer" }).waitFor();
    await page.getByText("There are no drafts: Observed").waitFor();
    await page.getByRole("button", { name: /Similar passage/ }).click();
    await page.getByText("Papel y pantalla").first().waitFor();
    await expect.poll(() => page.locator(".document-text mark.chosen").count()).toBe(2);
    await expectAccessible();
    await picture("integrity-case");

    await page.getByLabel("The author's own texts").check();
    await expect.poll(() => page.getByLabel("The author's own texts").isChecked()).toBe(true);
    await page.getByLabel("Decision", { exact: true }).selectOption("con_observaciones");
    await page.getByLabel("Notes", { exact: true }).fill("Faltan comillas en el segundo párrafo.");
    await page.getByRole("button", { name: "Record" }).click();
    await page.locator(".reviews").getByText("With remarks").waitFor();
    await page.getByText("Decided", { exact: true }).waitFor();
    await expect.poll(() => page.getByLabel("Notes", { exact: true }).inputValue()).toBe("");
  });

  it("takes a file, filters the list, and shows figures and sources; what was typed survives a refusal", async () => {
    const { page, server, dataDir, open, allow, expectAccessible, picture } = await visit({ dark: true });
    allow(/400/); // the answer to a text that is too short after trimming
    const evidencias = { estilo_diferente: 1, defensa_debil: 1, tiempo_sospechoso: 1, sin_borradores: 1 };
    for (const titulo of ["Uno", "Dos"]) {
      const metadata = { rol: "Docente-investigador", tipo_producto: "Tesis", titulo, autor: "Luis" };
      await postJson(`${server.url}/api/analyze`, { texto: `${OWN} ${titulo}`, metadata, evidencias });
    }
    await open("/integrity/new");
    await page.getByLabel("Text", { exact: true }).fill(" ".repeat(60));
    await page.getByLabel("Author", { exact: true }).fill("Eva");
    await page.getByRole("button", { name: "Submit" }).click();
    await page.getByRole("alert").waitFor();
    await expect.poll(() => page.getByLabel("Author", { exact: true }).inputValue()).toBe("Eva");
    await page.getByRole("tab", { name: "As a file" }).click();
    const path = join(dataDir, "tres.docx");
    await writeFile(path, drawDocx({ body: paragraph(`${OWN} En un archivo.`) }));
    await page.locator("input[type=file]").setInputFiles(path);
    await page.getByRole("button", { name: "Submit" }).click();
    await page.getByRole("heading", { name: "tres" }).waitFor();

    await open("/integrity");
    await page.getByText("3 cases").waitFor();
    await page.getByLabel("Role").selectOption("Docente-investigador");
    await page.getByText("2 cases").waitFor();
    await expectAccessible();
    await picture("integrity-cases-dark");
    await open("/integrity/figures");
    await page.getByRole("heading", { name: "By role" }).waitFor();
    await page.locator(".line-chart canvas").first().waitFor();
    await expectAccessible();
    await picture("integrity-figures-dark");
    await open("/integrity/sources");
    await page.locator("input[type=file]").setInputFiles(path);
    await page
      .getByRole("cell", { name: "tres.docx" })
      .or(page.getByRole("cell", { name: "tres" }))
      .first()
      .waitFor();
    await expectAccessible();
    await picture("integrity-sources-dark");
  });
});
