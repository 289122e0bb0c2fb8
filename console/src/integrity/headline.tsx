import { DIMENSIONS } from "../../../src/contracts/integrity/index.ts";
import { useFigures } from "../words/numbers.ts";
import type { Case } from "./case-page.tsx";
import { LevelTag } from "./level-tag.tsx";
import { useIntegrityWords } from "./words.ts";

/** The documented score, and observation by observation how it arose. */
export function Headline({ shown }: { readonly shown: Case }) {
  const words = useIntegrityWords();
  const figures = useFigures();
  const { derivation } = shown;
  return (
    <section className="headline card" aria-labelledby="headline">
      <div>
        <h2 id="headline">{words.headline}</h2>
        <p className="score">
          <strong>{shown.overall_score}</strong> / 100 <LevelTag level={shown.overall_level} />
        </p>
        <p>
          {words.confidence}: {figures.percent(shown.confidence)}
        </p>
        <small>{words.headlineNote}</small>
        {shown.recommendations.length > 0 && (
          <>
            <h3>{words.recommendations}</h3>
            <ul className="plain-list">
              {shown.recommendations.map((text) => (
                <li key={text}>{text}</li>
              ))}
            </ul>
          </>
        )}
      </div>
      <div>
        <h3>{words.howItArose}</h3>
        <dl className="dimensions">
          {DIMENSIONS.map((dimension) => (
            <div key={dimension}>
              <dt>
                {words.dimensions[dimension]} <span className="numeric">{shown.dimensions[dimension]}</span>
              </dt>
              <dd>
                <meter
                  min={0}
                  max={100}
                  value={shown.dimensions[dimension]}
                  aria-label={words.dimensions[dimension]}
                />
                <ul>
                  {derivation.observations
                    .filter((observation) => observation.dimension === dimension)
                    .map(({ name, weight, observed }) => (
                      <li key={name} className={observed ? "observed" : "not-observed"}>
                        {words.evidences[name]}: {observed ? words.observed : words.notObserved} ·{" "}
                        {words.weight} {figures.percent(weight, 0)}
                      </li>
                    ))}
                </ul>
              </dd>
            </div>
          ))}
        </dl>
        <p>
          {words.factors(figures.number(derivation.role_factor), figures.number(derivation.product_factor))}
        </p>
        <small>{words.formula}</small>
      </div>
    </section>
  );
}
