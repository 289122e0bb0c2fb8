import { type ReactNode, useEffect, useId, useRef } from "react";
import { useWords } from "../words/shell.ts";

export interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Takes most of the window. */
  readonly wide?: boolean;
}

/** A modal dialog: the browser's own, which keeps the focus inside and closes with Escape. Mount it to open it. */
export function Dialog({ title, onClose, children, wide = false }: DialogProps) {
  const words = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className={wide ? "wide" : undefined} aria-labelledby={id} onClose={onClose}>
      <header>
        <h2 id={id}>{title}</h2>
        <button
          type="button"
          className="quiet"
          aria-label={words.close}
          onClick={() => dialog.current?.close()}
        >
          ×
        </button>
      </header>
      {children}
    </dialog>
  );
}
