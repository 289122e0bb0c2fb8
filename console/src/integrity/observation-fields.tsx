import * as contract from "../../../src/contracts/integrity/index.ts";
import { Field } from "../parts/field.tsx";
import { useIntegrityWords } from "./words.ts";

/** Who wrote what, and the seven observations that make the score. */
export function ObservationFields() {
  const words = useIntegrityWords();
  return (
    <>
      <div className="split">
        <Field label={words.title}>
          <input name="titulo" maxLength={1_000} />
        </Field>
        <Field label={words.author}>
          <input name="autor" maxLength={1_000} />
        </Field>
        <Field label={words.role}>
          <select name="rol">
            {contract.ROLES.map((role) => (
              <option key={role} value={role}>
                {words.roles[role]}
              </option>
            ))}
          </select>
        </Field>
        <Field label={words.product}>
          <select name="tipo_producto">
            {contract.PRODUCTS.map((product) => (
              <option key={product} value={product}>
                {words.products[product]}
              </option>
            ))}
          </select>
        </Field>
      </div>
      <fieldset className="observations">
        <legend>{words.observations}</legend>
        <small>{words.observationsHint}</small>
        {contract.EVIDENCES.map((name) => (
          <label key={name}>
            <input type="checkbox" name={name} value="1" /> {words.evidences[name]}
          </label>
        ))}
      </fieldset>
    </>
  );
}
