import { type DragEvent, useId, useState } from "react";
import { useWords } from "../words/shell.ts";
import { filesOf } from "./dropped-files.ts";
import { useToast } from "./toasts.tsx";

/** A file with its path inside the folder that was dropped; its name where none was. */
export interface GivenFile {
  readonly path: string;
  readonly file: File;
}

export interface DropZoneProps {
  readonly label: string;
  /** As `<input accept>`: extensions with a dot, or media types. */
  readonly accept: string;
  readonly multiple?: boolean;
  /** Whole folders, with their paths. */
  readonly folders?: boolean;
  readonly disabled?: boolean;
  readonly hint?: string;
  readonly onFiles: (files: readonly GivenFile[]) => void;
}

/** A place for files: drop them, or choose them with mouse or keyboard. Files of other kinds are refused by name. */
export function DropZone({
  label,
  accept,
  multiple = true,
  folders,
  disabled,
  hint,
  onFiles,
}: DropZoneProps) {
  const words = useWords();
  const toast = useToast();
  const id = useId();
  const [over, setOver] = useState(false);
  const take = (files: readonly GivenFile[]) => {
    const good = files.filter(({ file }) => isAccepted(file, accept));
    const bad = files.filter((file) => !good.includes(file));
    for (const { path } of bad.slice(0, 3)) toast("bad", words.wrongKind(path));
    if (good.length > 0) onFiles(multiple ? good : good.slice(0, 1));
  };
  const drop = async (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (!disabled) take(await filesOf(event.dataTransfer));
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what the mouse can drop, the input takes from the keyboard
    <div
      className={over ? "drop-zone over" : "drop-zone"}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => void drop(event)}
    >
      <label htmlFor={id}>
        <strong>{label}</strong> <span>{words.orDrop}</span>
      </label>
      <input
        id={id}
        type="file"
        accept={accept}
        multiple={multiple}
        disabled={disabled}
        {...(folders ? { webkitdirectory: "" } : {})}
        onChange={(event) => {
          const chosen = [...(event.target.files ?? [])];
          event.target.value = ""; // the same file may be chosen again
          take(chosen.map((file) => ({ file, path: file.webkitRelativePath || file.name })));
        }}
      />
      {hint && <small>{hint}</small>}
    </div>
  );
}

function isAccepted({ name, type }: File, accept: string): boolean {
  return accept
    .split(",")
    .map((part) => part.trim().toLowerCase())
    .some((part) =>
      part.startsWith(".")
        ? name.toLowerCase().endsWith(part)
        : part.endsWith("/*")
          ? type.startsWith(part.slice(0, -1))
          : type === part,
    );
}
