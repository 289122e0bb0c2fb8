import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import * as contract from "../../../src/contracts/inspection/index.ts";
import { useClient, useSession } from "../api/session.tsx";
import { ActionButton } from "../parts/action-button.tsx";
import { ConfirmButton } from "../parts/confirm-button.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { Tag } from "../parts/tag.tsx";
import { useFigures } from "../words/numbers.ts";
import { useWords } from "../words/shell.ts";
import type { RoiPlace } from "./place.ts";
import { VersionComparison } from "./version-comparison.tsx";
import { useInspectionWords } from "./words.ts";

/** Every memory of a region: compare two, put another one in use, delete old ones. */
export function VersionsPart({ place }: { readonly place: RoiPlace }) {
  const words = useInspectionWords();
  const shell = useWords();
  const figures = useFigures();
  const { session } = useSession();
  const client = useClient();
  const queries = useQueryClient();
  const [pair, setPair] = useState<{ a: number; b: number } | null>(null);
  const versions = useQuery({
    queryKey: ["inspection", "versions", place],
    queryFn: async () => (await client.call(contract.listVersions, { ...place, limit: 100 })).items,
  });
  const again = () => queries.invalidateQueries({ queryKey: ["inspection"] });
  return (
    <Loaded query={versions}>
      {(list) => (
        <div className="stack">
          <table>
            <thead>
              <tr>
                <th>{words.versions}</th>
                <th>{words.made}</th>
                <th>{words.by}</th>
                <th>{words.backbone}</th>
                <th className="numeric">{words.images}</th>
                <th className="numeric">{words.threshold}</th>
                <th />
              </tr>
            </thead>
            <tbody>
              {list.map(
                ({ version, in_use, created_at_utc, operator_id, backbone, n_images, calibration }) => (
                  <tr key={version}>
                    <td>
                      {version} {in_use && <Tag tone="good">{words.inUse}</Tag>}
                    </td>
                    <td>{figures.time(created_at_utc)}</td>
                    <td>{operator_id}</td>
                    <td>{backbone}</td>
                    <td className="numeric">{figures.number(n_images, 0)}</td>
                    <td className="numeric">
                      {calibration === null ? words.notCalibrated : figures.number(calibration.threshold, 4)}
                    </td>
                    <td className="actions">
                      {!in_use && (
                        <>
                          <button
                            type="button"
                            className="quiet"
                            aria-label={`${words.compare} ${version}`}
                            onClick={() => setPair({ a: version, b: inUse(list) })}
                          >
                            {words.compare}
                          </button>
                          <ActionButton
                            aria-label={`${words.rollback} ${version}`}
                            onAct={async () => {
                              await client.call(contract.rollback, {
                                ...place,
                                version,
                                operator_id: session?.user?.email,
                              });
                              await again();
                            }}
                          >
                            {words.rollback}
                          </ActionButton>
                          <ConfirmButton
                            question={words.deleteVersion(version)}
                            label={`${shell.delete} ${version}`}
                            onConfirm={async () => {
                              await client.call(contract.deleteVersion, { ...place, version });
                              await again();
                            }}
                          >
                            {shell.delete}
                          </ConfirmButton>
                        </>
                      )}
                    </td>
                  </tr>
                ),
              )}
            </tbody>
          </table>
          {list.length === 0 && <p>{shell.nothing}</p>}
          {pair !== null && <VersionComparison place={place} a={pair.a} b={pair.b} />}
        </div>
      )}
    </Loaded>
  );
}

function inUse(list: readonly { readonly version: number; readonly in_use: boolean }[]): number {
  return list.find(({ in_use }) => in_use)?.version ?? list[0]!.version;
}
