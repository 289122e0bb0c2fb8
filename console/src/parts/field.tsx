import { cloneElement, type ReactElement, type ReactNode, useId } from "react";

export interface FieldProps {
  readonly label: string;
  /** Said below, and to screen readers with the field. */
  readonly hint?: ReactNode;
  readonly error?: string | null;
  /** One input, select or textarea. */
  readonly children: ReactElement<Record<string, unknown>>;
}

/** A labelled form field. */
export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId();
  const described = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {cloneElement(children, {
        id,
        "aria-describedby": described || undefined,
        "aria-invalid": error ? true : undefined,
      })}
      {hint && <small id={`${id}-hint`}>{hint}</small>}
      {error && (
        <small id={`${id}-error`} className="bad" role="alert">
          {error}
        </small>
      )}
    </div>
  );
}
