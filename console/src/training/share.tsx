/** A share as a bar with its figure beside it. */
export function Share({ share, text }: { readonly share: number; readonly text: string }) {
  return (
    <span className="share">
      <span className="bar" aria-hidden="true">
        <span style={{ width: `${Math.min(100, Math.max(0, 100 * share))}%` }} />
      </span>
      <span className="numeric">{text}</span>
    </span>
  );
}
