import { createContext, type ReactNode, use, useCallback, useState } from "react";

interface Toast {
  readonly id: number;
  readonly kind: "good" | "bad";
  readonly text: string;
}

const Context = createContext<(kind: Toast["kind"], text: string) => void>(() => undefined);
const SHOWN_MS = 6_000;
let last = 0;

/** Short notes of what has just been done; screen readers hear them. */
export function Toasts({ children }: { readonly children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const add = useCallback((kind: Toast["kind"], text: string) => {
    const id = ++last;
    setToasts((shown) => [...shown, { id, kind, text }]);
    setTimeout(() => setToasts((shown) => shown.filter((toast) => toast.id !== id)), SHOWN_MS);
  }, []);
  return (
    <Context value={add}>
      {children}
      <div className="toasts" role="status" aria-live="polite">
        {toasts.map(({ id, kind, text }) => (
          <p key={id} className={`toast ${kind}`}>
            {text}
          </p>
        ))}
      </div>
    </Context>
  );
}

/** Says what has been done: `toast("good", "Saved")`. */
export function useToast() {
  return use(Context);
}
