import { useQuery, useQueryClient } from "@tanstack/react-query";
import * as contract from "../../../src/contracts/colorization/index.ts";
import { useClient } from "../api/session.tsx";
import { ConfirmButton } from "../parts/confirm-button.tsx";
import { messageOf } from "../parts/failure.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { useToast } from "../parts/toasts.tsx";
import { useFigures } from "../words/numbers.ts";
import { useWords } from "../words/shell.ts";
import { useColorizationWords } from "./words.ts";

export const paletteKey = (chapterId: string) => ["colorization", "palette", chapterId];

/** What a chapter has settled on, and its characters' colours: a click locks one. */
export function PalettePart({ chapterId }: { readonly chapterId: string }) {
  const words = useColorizationWords();
  const figures = useFigures();
  const client = useClient();
  const palette = useQuery({
    queryKey: paletteKey(chapterId),
    queryFn: () => client.call(contract.chapterPalette, { chapter_id: chapterId }),
  });
  return (
    <Loaded query={palette}>
      {({ colours, characters }) => (
        <div className="stack">
          <section>
            <h2>{words.settled}</h2>
            <ul className="swatches">
              {colours.map(({ colour, share }) => (
                <li key={colour}>
                  <span className="swatch" style={{ background: colour }} />
                  <code>{colour}</code> <small>{figures.percent(share)}</small>
                </li>
              ))}
            </ul>
          </section>
          <section>
            <h2>{words.characters}</h2>
            <p>{words.charactersHint}</p>
            {characters.map(({ name, colours: parts }) => (
              <CharacterColours key={name} chapterId={chapterId} name={name} parts={parts} />
            ))}
          </section>
        </div>
      )}
    </Loaded>
  );
}

interface CharacterProps {
  readonly chapterId: string;
  readonly name: string;
  readonly parts: readonly { readonly label: string; readonly colour: string; readonly locked: boolean }[];
}

function CharacterColours({ chapterId, name, parts }: CharacterProps) {
  const words = useColorizationWords();
  const shell = useWords();
  const client = useClient();
  const queries = useQueryClient();
  const toast = useToast();
  const again = () => queries.invalidateQueries({ queryKey: paletteKey(chapterId) });
  const change = async (label: string, fields: object) => {
    try {
      await client.call(contract.patchChapterPalette, {
        chapter_id: chapterId,
        characters: [{ name, colours: [{ label, ...fields }] }],
      });
      await again();
    } catch (error) {
      toast("bad", messageOf(error));
    }
  };
  return (
    <div className="card character">
      <h3>{name}</h3>
      <ul>
        {parts.map(({ label, colour, locked }) => (
          <li key={label}>
            <input
              type="color"
              defaultValue={colour}
              key={colour}
              aria-label={`${words.colour}: ${name}, ${label}`}
              onBlur={(event) =>
                event.target.value !== colour && void change(label, { colour: event.target.value })
              }
            />
            <span>{label}</span>
            <label>
              <input
                type="checkbox"
                checked={locked}
                aria-label={words.lock(`${name}, ${label}`)}
                onChange={(event) => void change(label, { locked: event.target.checked })}
              />{" "}
              {words.locked}
            </label>
            <ConfirmButton
              question={words.removePart(`${name}, ${label}`)}
              onConfirm={async () => {
                await client.call(contract.deleteChapterPalette, {
                  chapter_id: chapterId,
                  character: name,
                  label,
                });
                await again();
              }}
            >
              {shell.delete}
            </ConfirmButton>
          </li>
        ))}
      </ul>
    </div>
  );
}
