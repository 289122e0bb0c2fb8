import * as contract from "../../../src/contracts/integrity/index.ts";
import { Field } from "../parts/field.tsx";
import { useIntegrityWords } from "./words.ts";

/** What the list is narrowed by; empty text narrows nothing. */
export type Filters = Readonly<Partial<Record<"q" | "nivel" | "rol" | "tipo_producto" | "estado", string>>>;

export interface CaseFiltersProps {
  readonly filters: Filters;
  readonly onChange: (filters: Filters) => void;
}

export function CaseFilters({ filters, onChange }: CaseFiltersProps) {
  const words = useIntegrityWords();
  const choices = [
    { name: "nivel", label: words.level, values: contract.LEVELS, texts: words.levels },
    { name: "rol", label: words.role, values: contract.ROLES, texts: words.roles },
    { name: "tipo_producto", label: words.product, values: contract.PRODUCTS, texts: words.products },
    { name: "estado", label: words.state, values: contract.REVIEW_STATES, texts: words.states },
  ] as const;
  return (
    <search className="filters">
      <Field label={words.words}>
        <input
          type="search"
          value={filters.q ?? ""}
          maxLength={200}
          onChange={(event) => onChange({ ...filters, q: event.target.value })}
        />
      </Field>
      {choices.map(({ name, label, values, texts }) => (
        <Field key={name} label={label}>
          <select
            value={filters[name] ?? ""}
            onChange={(event) => onChange({ ...filters, [name]: event.target.value })}
          >
            <option value="">{words.all}</option>
            {values.map((value) => (
              <option key={value} value={value}>
                {(texts as Record<string, string>)[value]}
              </option>
            ))}
          </select>
        </Field>
      ))}
    </search>
  );
}
