import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import type { FormEvent } from "react";
import * as contract from "../../../src/contracts/inspection/index.ts";
import { useClient } from "../api/session.tsx";
import { Field } from "../parts/field.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { Page } from "../parts/page.tsx";
import { VirtualTable } from "../parts/virtual-table.tsx";
import { useFigures } from "../words/numbers.ts";
import { placeOf } from "./place.ts";
import { useInspectionWords } from "./words.ts";
import "./inspection.css";

/** Every region that has pictures, a memory or a threshold; a form to begin another. */
export function RoisPage() {
  const words = useInspectionWords();
  const figures = useFigures();
  const client = useClient();
  const rois = useQuery({
    queryKey: ["inspection", "rois"],
    queryFn: async () => (await client.call(contract.listRois, {})).rois,
  });
  return (
    <Page title={words.rois}>
      <OpenRoi />
      <Loaded query={rois}>
        {(rows) => (
          <VirtualTable
            label={words.rois}
            rows={rows}
            keyOf={({ recipe_id, role_id, roi_id, model_key }) =>
              JSON.stringify([recipe_id, role_id, roi_id, model_key])
            }
            columns={[
              {
                title: words.roi,
                width: "minmax(8rem, 2fr)",
                cell: ({ recipe_id, role_id, roi_id, model_key }) => (
                  <Link
                    to="/console/inspection/roi"
                    search={{ recipe: recipe_id, role: role_id, roi: roi_id, model: model_key }}
                  >
                    {roi_id}
                  </Link>
                ),
              },
              { title: words.role, width: "minmax(7rem, 2fr)", cell: ({ role_id }) => role_id },
              { title: words.recipe, width: "minmax(7rem, 1fr)", cell: ({ recipe_id }) => recipe_id },
              { title: words.model, width: "minmax(7rem, 1fr)", cell: ({ model_key }) => model_key },
              {
                title: words.okCount,
                width: "6rem",
                numeric: true,
                cell: ({ n_ok }) => figures.number(n_ok, 0),
              },
              {
                title: words.ngCount,
                width: "6rem",
                numeric: true,
                cell: ({ n_ng }) => figures.number(n_ng, 0),
              },
              {
                title: words.memory,
                width: "10rem",
                cell: ({ model_version }) =>
                  model_version === null ? words.noMemory : words.version(model_version),
              },
              {
                title: words.threshold,
                width: "8rem",
                numeric: true,
                cell: ({ threshold }) =>
                  threshold === null ? words.notCalibrated : figures.number(threshold, 3),
              },
            ]}
          />
        )}
      </Loaded>
    </Page>
  );
}

function OpenRoi() {
  const words = useInspectionWords();
  const navigate = useNavigate();
  const open = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    void navigate({ to: "/console/inspection/roi", search: placeOf(Object.fromEntries(form)) });
  };
  return (
    <form className="open-roi card" onSubmit={open} aria-label={words.openOther}>
      <Field label={words.recipe} hint={words.recipeHint}>
        <input name="recipe" pattern="[a-z0-9][a-z0-9_\-]*" maxLength={64} />
      </Field>
      <Field label={words.role}>
        <input name="role" required maxLength={84} />
      </Field>
      <Field label={words.roi}>
        <input name="roi" required maxLength={84} />
      </Field>
      <Field label={words.model} hint={words.modelHint}>
        <input name="model" maxLength={84} />
      </Field>
      <button type="submit" className="primary">
        {words.open}
      </button>
    </form>
  );
}
