import { type ButtonHTMLAttributes, useState } from "react";
import { messageOf } from "./failure.tsx";
import { useToast } from "./toasts.tsx";

export interface ActionButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, "onClick"> {
  readonly onAct: () => Promise<unknown>;
}

/** A button that asks the server for something: not twice at once, and it says what went wrong. */
export function ActionButton({ onAct, disabled, ...rest }: ActionButtonProps) {
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const act = async () => {
    setBusy(true);
    try {
      await onAct();
    } catch (error) {
      toast("bad", messageOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <button type="button" aria-busy={busy} disabled={disabled || busy} onClick={() => void act()} {...rest} />
  );
}
