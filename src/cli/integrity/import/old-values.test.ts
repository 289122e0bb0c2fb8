import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as read from "./old-values.ts";

describe("values as older servers write them", () => {
  test.each([
    [45, false, 45],
    ["45,9", false, 45],
    [45.9999, false, 45],
    [0.29, true, 29],
    [1, true, 100],
    [45, true, 45],
    [100.5, false, 100],
    [101, false, null],
    [-1, false, null],
    ["mucho", false, null],
    ["", false, null],
    [null, false, null],
    [Number.NaN, false, null],
  ])("score %j (shares: %s) is %j", (value, asShare, score) => {
    expect(read.readScore(value, asShare)).toBe(score);
  });

  test("every whole share of a hundred comes out as it went in", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), (score) => {
        expect(read.readScore(score / 100, true)).toBe(score);
      }),
    );
  });

  test.each([
    ["ALTO", "ALTO"],
    ["Riesgo alto", "ALTO"],
    ["RiskLevel.HIGH", "ALTO"],
    ["crítico", "ALTO"],
    ["moderado", "MEDIO"],
    ["bajo\n", "BAJO"],
    ["DESCONOCIDO", null],
    ["flow", null],
    [3, null],
    [undefined, null],
  ])("level %j is %j", (value, level) => {
    expect(read.readLevel(value)).toBe(level);
  });

  test.each([
    ["Docente-investigador", "Docente-investigador"],
    ["DOCENTE_INVESTIGADOR", "Docente-investigador"],
    ["coinvestigador externo", "Coinvestigador externo"],
    ["Coinvestigador", "Coinvestigador externo"],
    ["student", "Estudiante"],
    ["Rector", null],
    ["", null],
    [null, null],
  ])("role %j is %j", (value, role) => {
    expect(read.readRole(value)).toBe(role);
  });

  test.each([
    ["articulo cientifico", "Artículo científico"],
    ["Proyecto de Grado", "Proyecto de grado"],
    ["thesis", "Tesis"],
    ["Novela", null],
  ])("product %j is %j", (value, product) => {
    expect(read.readProduct(value)).toBe(product);
  });

  test.each([
    ["2026-01-30T10:30:00.123456", "2026-01-30T10:30:00.123Z"],
    ["2026-01-30 10:30:00", "2026-01-30T10:30:00.000Z"],
    ["2026-01-30T10:30", "2026-01-30T10:30:00.000Z"],
    ["2026-01-30", "2026-01-30T00:00:00.000Z"],
    ["2026-01-30T10:30:00-05:00", "2026-01-30T15:30:00.000Z"],
    ["2026-01-30 10:30:00+0200", "2026-01-30T08:30:00.000Z"],
    ["2026-01-30T10:30:00Z", "2026-01-30T10:30:00.000Z"],
    ["30/01/2026 9:05", "2026-01-30T09:05:00.000Z"],
    ["1769769000", "2026-01-30T10:30:00.000Z"],
    [1769769000.321648, "2026-01-30T10:30:00.321Z"],
    [1769769000000, "2026-01-30T10:30:00.000Z"],
  ])("instant %j is %s", (value, iso) => {
    expect(new Date(read.readMoment(value)!).toISOString()).toBe(iso);
  });

  test.each([[null], [""], ["ayer"], ["2026-13-45"], [17], ["30/30/2026"], [true]])(
    "%j is no instant",
    (value) => {
      expect(read.readMoment(value)).toBeNull();
    },
  );

  test("confidence is 0..1, also from a percentage", () => {
    expect([0.82, "0,82", 82, 1, 0, 101, -1].map(read.readConfidence)).toEqual([
      0.82,
      0.82,
      0.82,
      1,
      0,
      null,
      null,
    ]);
  });

  test("dimensions come under the contract's names, from shares, from points and from objects with a score", () => {
    expect(read.readDimensions({ estilo_y_autoría: 0.4, tiempo_y_ejecucion: 0.5, presentacion: 0 })).toEqual({
      autoría: 40,
      tiempo: 50,
      presentación: 0,
    });
    expect(read.readDimensions('{"Referencias": {"score": 61.4}}')).toEqual({ referencias: 61 });
    expect([read.readDimensions({}), read.readDimensions({ otra: 3 }), read.readDimensions("no")]).toEqual([
      null,
      null,
      null,
    ]);
  });

  test("observations come from an object, from a list of names and from JSON as text", () => {
    expect(read.readEvidences({ estilo_diferente: 1, sin_borradores: false, otra: 1 })).toEqual({
      estilo_diferente: 1,
      sin_borradores: 0,
    });
    expect(read.readEvidences('["defensa_debil"]')).toEqual({ defensa_debil: 1 });
    expect(read.readEvidences({ evidencia_sin_borradores: "sí" })).toEqual({ sin_borradores: 1 });
    expect([read.readEvidences({}), read.readEvidences(3), read.readEvidences(null)]).toEqual([
      null,
      null,
      null,
    ]);
  });

  test("nothing that a column may hold makes a reader fail", () => {
    const anything = fc.oneof(
      fc.string(),
      fc.double(),
      fc.constant(null),
      fc.uint8Array(),
      fc.json(),
      fc.anything(),
    );
    fc.assert(
      fc.property(anything, (value) => {
        for (const reader of [
          read.readText,
          read.readDocument,
          read.readLevel,
          read.readRole,
          read.readMoment,
        ])
          reader(value);
        read.readScore(value, true);
        read.readConfidence(value);
        read.readDimensions(value);
        read.readEvidences(value);
      }),
    );
  });
});
