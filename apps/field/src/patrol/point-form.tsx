import { putPatrolPoint, type Account, type LngLat } from "@onegrid/contract";
import { problemWords } from "@onegrid/ui";
import { lazy, Suspense, useRef, useState } from "react";
import { v7 as newId } from "uuid";
import { api } from "../session/api.ts";
import { useReference } from "../sync/use-reference.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { useWords } from "../words.ts";

const PlaceMap = lazy(() => import("../place/place-map.tsx"));
const USUAL_DAYS = "7";

type PointFormProps = { account: Account; onClose: () => void; onAdded: () => void };

/** A head or a street puts a place on the list; it needs the server, which knows the grid. */
export const PointForm = ({ account, onClose, onAdded }: PointFormProps) => {
  const { t } = useWords();
  const reference = useReference(account.accountId);
  const middle = useRef<LngLat>(null);
  const [pointId] = useState(() => newId());
  const [name, setName] = useState("");
  const [days, setDays] = useState(USUAL_DAYS);
  const [categoryCode, setCategoryCode] = useState("");
  const [error, setError] = useState<string>();
  const [isBusy, setBusy] = useState(false);

  const submit = async () => {
    if (name.trim() === "" || middle.current === null) {
      setError(t("patrol>needName"));
      return;
    }
    setBusy(true);
    try {
      await api.call(putPatrolPoint, {
        params: { pointId },
        body: {
          baseVersion: 0,
          name: name.trim(),
          location: middle.current,
          categoryCode: categoryCode === "" ? null : categoryCode,
          everyDays: Math.min(366, Math.max(1, Math.round(Number(days)) || 1)),
          active: true,
        },
      });
      onAdded();
    } catch (cause) {
      setError(problemWords(t, cause));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Dialog
      isFull
      title={t("patrol>add")}
      onClose={onClose}
      foot={
        <Button look="primary" className="button-big" isBusy={isBusy} onClick={() => void submit()}>
          {t("task>submit")}
        </Button>
      }
    >
      <Field label={t("patrol>name")} error={error}>
        {(attributes) => (
          <input
            {...attributes}
            maxLength={60}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Field label={t("patrol>days")}>
        {(attributes) => (
          <input
            {...attributes}
            type="number"
            inputMode="numeric"
            min={1}
            max={366}
            value={days}
            onChange={(event) => setDays(event.target.value)}
          />
        )}
      </Field>
      <Field label={t("patrol>category")} isOptional>
        {(attributes) => (
          <select
            {...attributes}
            value={categoryCode}
            onChange={(event) => setCategoryCode(event.target.value)}
          >
            <option value="">{t("patrol>anything")}</option>
            {reference?.categories.map((category) => (
              <option key={category.categoryCode} value={category.categoryCode}>
                {category.name}
              </option>
            ))}
          </select>
        )}
      </Field>
      <p className="weak">{t("report>mapHint")}</p>
      {reference && (
        <Suspense fallback={<Skeleton rows={1} />}>
          <PlaceMap
            county={reference.county}
            grid={reference.grid}
            point={null}
            onMove={(at) => {
              middle.current = at;
            }}
          />
        </Suspense>
      )}
    </Dialog>
  );
};
