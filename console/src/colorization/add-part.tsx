import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import * as contract from "../../../src/contracts/colorization/index.ts";
import { useClient } from "../api/session.tsx";
import { Failure } from "../parts/failure.tsx";
import { Field } from "../parts/field.tsx";
import { paletteKey } from "./palette-part.tsx";
import type { Point } from "./picture-point.ts";
import { useColorizationWords } from "./words.ts";

export interface AddPartProps {
  readonly chapterId: string;
  readonly page: number;
  /** Where the page was clicked last; null before. */
  readonly point: Point | null;
}

/** Keeps the colour of the place that was clicked as a character's, for the chapter's other pages. */
export function AddPart({ chapterId, page, point }: AddPartProps) {
  const words = useColorizationWords();
  const client = useClient();
  const queries = useQueryClient();
  const [error, setError] = useState<unknown>(null);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const fields = new FormData(form);
    if (point === null) return;
    setError(null);
    try {
      await client.call(contract.patchChapterPalette, {
        chapter_id: chapterId,
        characters: [
          {
            name: String(fields.get("name")),
            colours: [
              {
                label: String(fields.get("label")),
                colour: String(fields.get("colour")),
                locked: fields.get("locked") !== null,
                at: [{ page_num: page, x: point.x, y: point.y }],
              },
            ],
          },
        ],
      });
      form.reset();
      await queries.invalidateQueries({ queryKey: paletteKey(chapterId) });
    } catch (thrown) {
      setError(thrown);
    }
  };
  return (
    <section className="card" aria-label={words.characters}>
      <h2>{words.characters}</h2>
      <p>{words.charactersHint}</p>
      <form onSubmit={(event) => void submit(event)}>
        <div className="hint-fields">
          <Field label={words.character}>
            <input name="name" required maxLength={100} />
          </Field>
          <Field label={words.part} hint={words.partHint}>
            <input name="label" required maxLength={100} />
          </Field>
          <Field label={words.colour}>
            <input name="colour" type="color" key={point?.colour} defaultValue={point?.colour ?? "#808080"} />
          </Field>
        </div>
        <p>
          <label>
            <input type="checkbox" name="locked" defaultChecked /> {words.locked}
          </label>
        </p>
        {error !== null && <Failure error={error} />}
        <button type="submit" disabled={point === null}>
          {words.addPart}
        </button>
      </form>
    </section>
  );
}
