import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { ClientError } from "../../../src/client/index.ts";
import * as contract from "../../../src/contracts/inspection/index.ts";
import { useClient } from "../api/session.tsx";
import { Field } from "../parts/field.tsx";
import { VirtualGrid } from "../parts/virtual-grid.tsx";
import { useWords } from "../words/shell.ts";
import { pictureUrl, type RoiPartProps } from "./manifest.ts";
import { PictureDialog } from "./picture-dialog.tsx";
import { useInspectionWords } from "./words.ts";

type Label = "ok" | "ng";

/** A region's stored pictures, of any number; good ones by how strange they are, if wished. */
export function Gallery({ place, found }: RoiPartProps) {
  const words = useInspectionWords();
  const shell = useWords();
  const client = useClient();
  const queries = useQueryClient();
  const [label, setLabel] = useState<Label>("ok");
  const [strangest, setStrangest] = useState(false);
  const [shown, setShown] = useState<string | null>(null);
  const ranking = useQuery({
    queryKey: ["inspection", "suspicious", place],
    enabled: strangest && label === "ok",
    retry: false,
    queryFn: async () => {
      try {
        return (await client.call(contract.suspicious, place)).items;
      } catch (error) {
        if (error instanceof ClientError && error.status === 400) return null; // not calibrated yet
        throw error;
      }
    },
  });
  const { files } = found.datasets.classes[label];
  const ranks = strangest && label === "ok" ? ranking.data : undefined;
  const ordered = useMemo(() => {
    if (ranks == null) return files;
    const place = new Map(ranks.map(({ filename }, index) => [filename, index]));
    const last = files.length;
    return [...files].sort((one, other) => (place.get(one) ?? last) - (place.get(other) ?? last));
  }, [files, ranks]);
  const strange = new Set(ranks?.filter(({ suspicious }) => suspicious).map(({ filename }) => filename));
  const remove = async (filename: string) => {
    const { recipe_id, role_id, roi_id } = place;
    await client.call(contract.deleteDatasetFile, { recipe_id, role_id, roi_id, label, filename });
    setShown(null);
    await queries.invalidateQueries({ queryKey: ["inspection"] });
  };
  return (
    <section aria-label={words.pictures}>
      <div className="gallery-head">
        <Field label={words.show}>
          <select value={label} onChange={(event) => setLabel(event.target.value as Label)}>
            {(["ok", "ng"] as const).map((name) => (
              <option key={name} value={name}>
                {words.labels[name]} ({found.datasets.classes[name].count})
              </option>
            ))}
          </select>
        </Field>
        <label>
          <input
            type="checkbox"
            checked={strangest}
            disabled={label !== "ok"}
            onChange={(event) => setStrangest(event.target.checked)}
          />{" "}
          {words.suspiciousFirst}
        </label>
      </div>
      {strangest && label === "ok" && ranking.data === null && <p>{words.noSuspicious}</p>}
      {ordered.length === 0 ? (
        <p>{shell.nothing}</p>
      ) : (
        <VirtualGrid
          label={words.labels[label]}
          items={ordered}
          keyOf={(filename) => filename}
          cell={(filename) => (
            <button
              type="button"
              className="thumbnail"
              onClick={() => setShown(filename)}
              aria-label={words.picture(filename)}
            >
              <img src={pictureUrl(place, label, filename)} alt="" loading="lazy" />
              {strange.has(filename) && <span className="tag warn">{words.suspicious}</span>}
            </button>
          )}
        />
      )}
      {shown !== null && (
        <PictureDialog
          place={place}
          label={label}
          filename={shown}
          hasMeta={found.datasets.classes[label].meta[shown] === true}
          onDelete={() => remove(shown)}
          onClose={() => setShown(null)}
        />
      )}
    </section>
  );
}
