import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import * as contract from "../../../src/contracts/inspection/index.ts";
import { useClient } from "../api/session.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { Page } from "../parts/page.tsx";
import { Tabs } from "../parts/tabs.tsx";
import { CalibrationPart } from "./calibration-part.tsx";
import { DatasetPart } from "./dataset-part.tsx";
import { DriftPart } from "./drift-part.tsx";
import { FitPart } from "./fit-part.tsx";
import { inContract } from "./place.ts";
import { RoiFacts } from "./roi-facts.tsx";
import { TryPart } from "./try-part.tsx";
import { VersionsPart } from "./versions-part.tsx";
import { useInspectionWords } from "./words.ts";
import "./inspection.css";

/** One region of a part: its pictures, what was learned of them, the threshold, a picture to try, versions. */
export function RoiPage() {
  const search = useSearch({ from: "/console/inspection/roi" });
  const words = useInspectionWords();
  const client = useClient();
  const place = useMemo(() => inContract(search), [search]);
  const manifest = useQuery({
    queryKey: ["inspection", "manifest", place],
    queryFn: () => client.call(contract.manifest, place),
  });
  return (
    <Page title={`${search.role} · ${search.roi}`}>
      <Loaded query={manifest}>
        {(found) => (
          <>
            <RoiFacts found={found} />
            <Tabs
              label={words.roi}
              keep
              tabs={[
                {
                  id: "pictures",
                  title: words.pictures,
                  content: <DatasetPart place={place} found={found} />,
                },
                { id: "fit", title: words.fit, content: <FitPart place={place} found={found} /> },
                {
                  id: "calibration",
                  title: words.calibration,
                  content: <CalibrationPart place={place} found={found} />,
                },
                { id: "try", title: words.tryOut, content: <TryPart place={place} found={found} /> },
                { id: "versions", title: words.versions, content: <VersionsPart place={place} /> },
                { id: "drift", title: words.drift, content: <DriftPart place={place} /> },
              ]}
            />
          </>
        )}
      </Loaded>
    </Page>
  );
}
