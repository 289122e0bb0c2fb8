import { type ReactNode, useState } from "react";
import { useWords } from "../words/shell.ts";
import { Dialog } from "./dialog.tsx";
import { messageOf } from "./failure.tsx";
import { useToast } from "./toasts.tsx";

export interface ConfirmButtonProps {
  /** What is asked before it is done. */
  readonly question: string;
  readonly children: ReactNode;
  readonly onConfirm: () => Promise<unknown>;
  readonly label?: string;
}

/** A button for what cannot be undone: asks first, and says what went wrong. */
export function ConfirmButton({ question, children, onConfirm, label }: ConfirmButtonProps) {
  const words = useWords();
  const toast = useToast();
  const [asked, setAsked] = useState(false);
  const confirm = async () => {
    setAsked(false);
    try {
      await onConfirm();
    } catch (error) {
      toast("bad", messageOf(error));
    }
  };
  return (
    <>
      <button type="button" className="quiet danger" aria-label={label} onClick={() => setAsked(true)}>
        {children}
      </button>
      {asked && (
        <Dialog title={question} onClose={() => setAsked(false)}>
          <footer>
            <button type="button" onClick={() => setAsked(false)}>
              {words.cancel}
            </button>
            <button type="button" className="danger" onClick={() => void confirm()}>
              {children}
            </button>
          </footer>
        </Dialog>
      )}
    </>
  );
}
