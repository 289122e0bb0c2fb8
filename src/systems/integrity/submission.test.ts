import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { QuatrainError } from "../../platform/errors/quatrain-error.ts";
import { readSubmission, type SentSubmission } from "./submission.ts";

const TEXT = "x".repeat(50);
const RULES = { maxTextLength: 1_000, strict: false };
const read = (sent: SentSubmission, rules: Partial<typeof RULES> = {}) =>
  readSubmission(sent, { ...RULES, ...rules });
const whole = { rol: "Docente-investigador", tipo_producto: "Tesis", titulo: "T", autor: "A" };

describe("the text", () => {
  test.each([undefined, null, 5, {}, [], "", "x".repeat(49), ` ${"x".repeat(49)} `, "😀".repeat(25)])(
    "%j is refused",
    (texto) => {
      expect(() => read({ texto, metadata: {} })).toThrow("Text must be at least 50 characters");
    },
  );

  test("counts in code points, untrimmed", () => {
    expect(read({ texto: ` ${"😀".repeat(50)} ` }).textLength).toBe(52);
  });

  test("that is too long is refused as too large", () => {
    expect(() => read({ texto: "x".repeat(1_001) })).toThrow("at most 1000 characters");
  });

  test("keeps its length when what cannot be stored is replaced", () => {
    const { text, textLength, warnings } = read({ texto: `\u0000\ud800${TEXT}`, metadata: whole });
    expect(text.slice(0, 2)).toBe("\ufffd\ufffd");
    expect(textLength).toBe(52);
    expect(warnings).toHaveLength(1);
  });
});

describe("observations", () => {
  test("are 0, 1 or booleans, absent ones 0", () => {
    const { evidence } = read({
      texto: TEXT,
      evidencias: { defensa_debil: true, sin_borradores: 1, estilo_diferente: 0 },
    });
    expect(evidence).toMatchObject({
      defensa_debil: 1,
      sin_borradores: 1,
      estilo_diferente: 0,
      referencias_raras: 0,
    });
  });

  test.each([2, -1, 0.5, "1", null, [], {}])("%j is refused by its name", (value) => {
    expect(() => read({ texto: TEXT, evidencias: { sin_borradores: value } })).toThrow(
      "evidencias.sin_borradores must be 0 or 1",
    );
  });

  test("that nobody knows are ignored, and that is said", () => {
    const { evidence, warnings } = read({ texto: TEXT, metadata: whole, evidencias: { plagio: 7 } });
    expect(Object.values(evidence).every((value) => value === 0)).toBe(true);
    expect(warnings).toEqual(["evidencias.plagio: unknown, ignored"]);
  });

  test("are judged after the text", () => {
    expect(() => read({ texto: "short", evidencias: { sin_borradores: 9 } })).toThrow("Text must be");
  });
});

describe("metadata", () => {
  test("have the contract's defaults, with a warning for each required one that is missing", () => {
    const submission = read({ texto: TEXT });
    expect(submission).toMatchObject({
      role: "Estudiante",
      product: "Ensayo",
      title: "Sin título",
      author: "Anónimo",
    });
    expect(submission.warnings.map((warning) => warning.split(":")[0])).toEqual([
      "metadata.rol",
      "metadata.tipo_producto",
    ]);
  });

  test("an explicit null stays null", () => {
    expect(read({ texto: TEXT, metadata: { titulo: null, autor: null } })).toMatchObject({
      title: null,
      author: null,
    });
  });

  test("unknown words are refused when the client asks for strictness", () => {
    const sent = { texto: TEXT, metadata: { ...whole, rol: "Rector" } };
    expect(read(sent).role).toBe("Estudiante");
    expect(() => read(sent, { strict: true })).toThrow("metadata.rol: Rector is not in the list");
    expect(read({ texto: TEXT, metadata: whole }, { strict: true }).warnings).toEqual([]);
  });

  test.each([[{ titulo: 5 }], [{ autor: [] }], ["text"], [[1]]])("%j is refused", (metadata) => {
    expect(() => read({ texto: TEXT, metadata })).toThrow(/metadata/);
  });
});

test("an empty body is said to be no submission", () => {
  expect(() => read({})).toThrow("must be a JSON object");
});

test("whatever JSON comes, it is read or refused with words for the user", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (texto, metadata, evidencias) => {
      try {
        read({ texto, metadata, evidencias });
      } catch (error) {
        expect(error).toBeInstanceOf(QuatrainError);
        expect((error as QuatrainError).status).toBeLessThan(500);
      }
    }),
  );
});
