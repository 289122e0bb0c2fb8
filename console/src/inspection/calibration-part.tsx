import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ClientError } from "../../../src/client/index.ts";
import * as contract from "../../../src/contracts/inspection/index.ts";
import { useClient, useSession } from "../api/session.tsx";
import { Failure } from "../parts/failure.tsx";
import { Field } from "../parts/field.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { ProgressBar } from "../parts/progress-bar.tsx";
import { CalibrationReport } from "./calibration-report.tsx";
import type { RoiPartProps } from "./manifest.ts";
import { ThresholdHistory } from "./threshold-history.tsx";
import { useInspectionWords } from "./words.ts";

/** Calibration with the stored pictures, its report, and the threshold set by hand. */
export function CalibrationPart({ place, found }: RoiPartProps) {
  const words = useInspectionWords();
  const client = useClient();
  const report = useQuery({
    queryKey: ["inspection", "report", place],
    queryFn: async () => {
      try {
        return await client.call(contract.calibrationReport, place);
      } catch (error) {
        if (error instanceof ClientError && (error.status === 400 || error.status === 404)) return null;
        throw error;
      }
    },
  });
  return (
    <div className="stack">
      <CalibrateForm place={place} found={found} />
      <Loaded query={report}>
        {(shown) =>
          shown === null ? (
            <p>{words.noReport}</p>
          ) : (
            <CalibrationReport key={shown.calibration_id} report={shown} place={place} />
          )
        }
      </Loaded>
      <ThresholdHistory place={place} />
    </div>
  );
}

function CalibrateForm({ place }: RoiPartProps) {
  const words = useInspectionWords();
  const { client, session } = useSession();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setError(null);
    try {
      await client.call(contract.calibrateDataset, {
        ...place,
        score_percentile: Number(form.get("percentile")),
        area_mm2_thr: Number(form.get("area")),
        require_ng: form.get("need_ng") !== null,
        operator_id: session?.user?.email,
      });
      await queries.invalidateQueries({ queryKey: ["inspection"] });
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className="card" onSubmit={(event) => void submit(event)}>
      <div className="split">
        <Field label={words.percentile} hint={words.percentileHint}>
          <input name="percentile" type="number" min={1} max={100} step="any" defaultValue={99} required />
        </Field>
        <Field label={words.smallestArea}>
          <input name="area" type="number" min={0} step="any" defaultValue={1} required />
        </Field>
      </div>
      <p>
        <label>
          <input type="checkbox" name="need_ng" /> {words.needNg}
        </label>
      </p>
      {error !== null && <Failure error={error} />}
      {busy && <ProgressBar share={null} label={words.calibrate} />}
      <button type="submit" disabled={busy}>
        {words.calibrate}
      </button>
    </form>
  );
}
