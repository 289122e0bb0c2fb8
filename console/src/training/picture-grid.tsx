import type { ReactNode } from "react";

export interface ShownPicture {
  readonly key: string | number;
  readonly name: string;
  readonly url: string;
  /** Below its name. */
  readonly caption?: ReactNode;
}

/** Pictures as they are, small; each opens in full by itself. */
export function PictureGrid({ pictures }: { readonly pictures: readonly ShownPicture[] }) {
  return (
    <ul className="picture-grid">
      {pictures.map(({ key, name, url, caption }) => (
        <li key={key}>
          <figure>
            <a href={url} target="_blank" rel="noreferrer">
              <img src={url} alt={name} loading="lazy" decoding="async" />
            </a>
            <figcaption>
              <span className="path" title={name}>
                {name}
              </span>
              {caption}
            </figcaption>
          </figure>
        </li>
      ))}
    </ul>
  );
}
