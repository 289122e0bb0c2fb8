import { Link } from "@tanstack/react-router";
import { Tag } from "../parts/tag.tsx";
import { useFigures } from "../words/numbers.ts";
import type { Case } from "./case-page.tsx";
import { useIntegrityWords } from "./words.ts";

/** Documents that share passages with a case, largest share first. */
export function SimilarList({ measured }: { readonly measured: NonNullable<Case["measured"]> }) {
  const words = useIntegrityWords();
  const figures = useFigures();
  return (
    <div className="card">
      <h3>
        {words.similarDocuments}: {figures.percent(measured.similarity_share)}
      </h3>
      {measured.similarity.length === 0 ? (
        <p>{words.noFindings}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th>{words.title}</th>
              <th className="numeric">{words.share}</th>
              <th className="numeric">{words.matchedWords}</th>
              <th className="numeric">{words.passages}</th>
            </tr>
          </thead>
          <tbody>
            {measured.similarity.map(
              ({ kind, id, title, author, share, matched_words, passages, same_author }) => (
                <tr key={`${kind}-${id}`}>
                  <td>
                    {kind === "case" ? (
                      <Link to="/console/integrity/cases/$caseId" params={{ caseId: id }}>
                        {title ?? words.untitled}
                      </Link>
                    ) : (
                      (title ?? words.untitled)
                    )}{" "}
                    <small>{author}</small> {same_author && <Tag>{words.sameAuthor}</Tag>}
                  </td>
                  <td className="numeric">{figures.percent(share)}</td>
                  <td className="numeric">{figures.number(matched_words, 0)}</td>
                  <td className="numeric">{figures.number(passages, 0)}</td>
                </tr>
              ),
            )}
          </tbody>
        </table>
      )}
    </div>
  );
}
