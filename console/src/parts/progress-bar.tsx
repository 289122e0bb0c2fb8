/** How far something is: `share` 0..1, null where nobody knows. */
export function ProgressBar({ share, label }: { readonly share: number | null; readonly label: string }) {
  return share === null ? (
    <progress aria-label={label} />
  ) : (
    <progress max={1} value={Math.min(1, Math.max(0, share))} aria-label={label} />
  );
}
