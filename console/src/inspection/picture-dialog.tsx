import { useQuery } from "@tanstack/react-query";
import * as contract from "../../../src/contracts/inspection/index.ts";
import { useClient } from "../api/session.tsx";
import { ConfirmButton } from "../parts/confirm-button.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { useWords } from "../words/shell.ts";
import { pictureUrl } from "./manifest.ts";
import type { RoiPlace } from "./place.ts";
import { useInspectionWords } from "./words.ts";

export interface PictureDialogProps {
  readonly place: RoiPlace;
  readonly label: "ok" | "ng";
  readonly filename: string;
  readonly hasMeta: boolean;
  readonly onDelete: () => Promise<unknown>;
  readonly onClose: () => void;
}

/** One stored picture, large, with its data. */
export function PictureDialog({ place, label, filename, hasMeta, onDelete, onClose }: PictureDialogProps) {
  const words = useInspectionWords();
  const shell = useWords();
  return (
    <Dialog title={filename} onClose={onClose} wide>
      <img className="whole-picture" src={pictureUrl(place, label, filename)} alt={words.picture(filename)} />
      {hasMeta && <Meta place={place} label={label} filename={filename} />}
      <footer>
        <ConfirmButton question={words.deletePicture(filename)} onConfirm={onDelete}>
          {shell.delete}
        </ConfirmButton>
      </footer>
    </Dialog>
  );
}

function Meta({ place, label, filename }: Pick<PictureDialogProps, "place" | "label" | "filename">) {
  const words = useInspectionWords();
  const client = useClient();
  const { recipe_id, role_id, roi_id } = place;
  const meta = useQuery({
    queryKey: ["inspection", "meta", place, label, filename],
    queryFn: () => client.call(contract.getDatasetMeta, { recipe_id, role_id, roi_id, label, filename }),
  });
  return (
    <details>
      <summary>{words.meta}</summary>
      <Loaded query={meta}>{(data) => <pre className="meta">{JSON.stringify(data, null, 2)}</pre>}</Loaded>
    </details>
  );
}
