import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { prepareText } from "../prepared-text.ts";
import { findPhrases, type PhraseOptions } from "./find-phrases.ts";

const find = (text: string, options?: PhraseOptions) => findPhrases(prepareText(text), options);

const found = (text: string, options?: PhraseOptions) =>
  find(text, options).findings.map(({ rule, severity, span }) => [
    rule.replace("phrases.", ""),
    severity,
    span === null ? null : text.slice(span.start, span.end),
  ]);

describe("tortured phrases", () => {
  test.each([
    ["counterfeit consciousness", "artificial intelligence"],
    ["profound learning", "deep learning"],
    ["colossal information", "big data"],
    ["bosom peril", "breast cancer"],
    ["irregular timberland", "random forest"],
    ["sun-oriented energy", "solar energy"],
    ["amino\ncorrosive", "amino acid"],
    ["Bosom tumours", "breast tumor"],
    ["kidney disappointment", "kidney failure"],
    ["artificial neural organizations", "artificial neural network"],
    ["straight relapse", "linear regression"],
  ])("%s is found for %s", (phrase, term) => {
    const text = `It is said that ${phrase} has been studied.`;
    expect(found(text)).toEqual([["tortured", "low", phrase]]);
    expect(find(text).findings[0]?.facts).toMatchObject({ expected: term, origin: "model" });
  });

  test.each([
    ["bosque arbitrario", "bosque aleatorio"],
    ["conciencia falsificada", "inteligencia artificial"],
    ["vectores de ayuda", "vector de soporte"],
  ])("%s is found for %s", (phrase, term) => {
    const text = `Se dice que ${phrase} ha sido estudiado.`;
    expect(found(text)).toEqual([["tortured", "low", phrase]]);
    expect(find(text).findings[0]?.facts.expected).toBe(term);
  });

  test.each([
    "Artificial intelligence, deep learning, big data, random forests and solar energy.",
    "A profound change. Learning takes time; counterfeit, consciousness.",
    "Image acknowledgements, information technology, sensitive information, remote sensor networks, neural organization.",
    "Breast tumours, neural networks, K-nearest neighbours, grey levels, naïve Bayes.",
    "El aprendizaje profundo, la inteligencia artificial y los bosques aleatorios.",
  ])("terms themselves and other phrases of their words are none: %s", (text) => {
    expect(found(text)).toEqual([]);
  });

  test("weigh by how many different ones there are in how many words", () => {
    const filler = "The university evaluates the work of its students every term. ".repeat(1_000);
    const severities = (text: string) => new Set(found(text).map(([, severity]) => severity));
    expect(severities("bosom peril and bosom peril")).toEqual(new Set(["low"]));
    expect(severities("bosom peril and amino corrosive")).toEqual(new Set(["medium"]));
    expect(severities("bosom peril, amino corrosive and profound learning")).toEqual(new Set(["high"]));
    expect(severities(`${filler}bosom peril, amino corrosive and profound learning`)).toEqual(
      new Set(["high"]),
    );
    expect(severities(`${filler.repeat(2)}bosom peril, amino corrosive and profound learning`)).toEqual(
      new Set(["medium"]),
    );
  });

  test("of an operator's own list are found beside the model's, and alone are never more than medium", () => {
    const extra = [
      { tortured: "place of interest", correct: "region of interest" },
      { tortured: "grouping methods", correct: "classification methods" },
      { tortured: "test arrangement", correct: "test set" },
      { tortured: "bosom peril", correct: "breast cancer" },
    ];
    const text = "A place of interest. Grouping methods; the test arrangement.";
    expect(found(text, { extra })).toEqual([
      ["tortured", "medium", "place of interest"],
      ["tortured", "medium", "Grouping methods"],
      ["tortured", "medium", "test arrangement"],
    ]);
    expect(find("bosom peril", { extra }).findings.map(({ facts }) => facts.origin)).toEqual(["model"]);
  });
});

describe("left-overs of language models", () => {
  test.each([
    ["Como modelo de lenguaje, no puedo opinar.", "Como modelo de lenguaje"],
    ["Lo siento, pero como IA no tengo opiniones.", "como IA"],
    ["As an AI language model, I cannot say.", "As an AI language model"],
    ["I’m an AI language model developed by a company.", "I’m an AI language model"],
    ["My knowledge cutoff is in 2021.", "My knowledge cutoff"],
    ["Como uma IA, eu não posso opinar.", "Como uma IA"],
    ["Es cierto :contentReference[oaicite:0]{index=0}.", ":contentReference[oaicite:0]{index=0}"],
    ["Es cierto citeturn0search0.", "citeturn0search0"],
    ["Es cierto【4†source】.", "【4†source】"],
    ["Fin.\nRegenerate response\n", "Regenerate response"],
  ])("that are unmistakable are high: %s", (text, phrase) => {
    expect(found(text)).toEqual([["model_leftover", "high", phrase]]);
  });

  test.each([
    ["[insertar nombre]", "medium", "[insertar nombre]"],
    ["See [insert citation here].", "medium", "[insert citation here]"],
    ["Dear [Your Name],", "low", "[Your Name]"],
    ["Aquí tienes un ensayo sobre la paz.", "medium", "Aquí tienes un ensayo"],
    ["Y así dijo: toma, aquí tienes un ensayo.", "low", "aquí tienes un ensayo"],
    ["¡Claro! Aquí tienes el texto.", "medium", "¡Claro! Aquí tienes"],
    ["Certainly! Here is an essay.", "medium", "Certainly! Here is an"],
    ["Claro, aqui está o ensaio.", "medium", "Claro, aqui está"],
    ["I hope this helps!", "low", "I hope this helps"],
    ["https://a.example/?utm_source=chatgpt.com", "low", "utm_source=chatgpt.com"],
  ])("that a person might leave as well are less: %s", (text, severity, phrase) => {
    expect(found(text)).toEqual([["model_leftover", severity, phrase]]);
  });

  test.each([
    "Usamos BERT como modelo de lenguaje en mi tesis.",
    "As an AI researcher, I think so. I am an AI enthusiast.",
    "La frase «como modelo de lenguaje, no puedo» delata a la máquina.",
    'They write "As an AI language model, I cannot" and never look again.',
    "En el original: «[su madre] no vino», [sic], [...].",
    "La inteligencia artificial, como inteligencia artificial que es, no tiene opiniones.",
  ])("are not what people say about models: %s", (text) => {
    expect(found(text)).toEqual([]);
  });

  test("in a text about language models are not high", () => {
    const about =
      "ChatGPT responde así. Los modelos de lenguaje dicen: como modelo de lenguaje, no puedo opinar.";
    expect(found(about)).toEqual([["model_leftover", "medium", "como modelo de lenguaje"]]);
    expect(found("La marca «turn0search0» se copia.")).toEqual([["model_leftover", "low", "turn0search0"]]);
  });
});

describe("any text", () => {
  const pieces = fc.constantFrom(
    ...'counterfeit intelligence profound neural network organization as an ai language model i « » " \n . , - ’s [insert x] 【1†a】 amino corrosive'.split(
      " ",
    ),
  );

  test("has every place inside it, in order", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string({ unit: "binary", maxLength: 3 }))), (parts) => {
        const text = parts.join(" ");
        const { findings } = find(text);
        findings.forEach(({ span }, index) => {
          expect(span?.end).toBeGreaterThan(span?.start ?? 0);
          expect(span?.end).toBeLessThanOrEqual(text.length);
          expect(span?.start).toBeGreaterThanOrEqual(findings[index - 1]?.span?.start ?? 0);
        });
      }),
    );
  });

  test.each([
    ["counterfeit ", "tortured"],
    ["deep neural ", "tortured"],
    ["as an ai ", "model_leftover"],
    ["como modelo de lenguaje, ", "model_leftover"],
    ["[insert ", "model_leftover"],
    ["« ", "model_leftover"],
    ["bosom peril ", "tortured"],
    ["-a", "tortured"],
  ])("of 500,000 letters of “%s” comes to its end, with at most fifty findings of a rule", (piece, rule) => {
    const { findings } = find(piece.repeat(500_000 / piece.length));
    expect(findings.filter((finding) => finding.rule === `phrases.${rule}`).length).toBeLessThanOrEqual(50);
  });
});
