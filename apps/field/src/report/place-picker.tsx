import type { LngLat } from "@onegrid/contract";
import { lazy, Suspense, useRef, useState } from "react";
import { isOn, type TappedComponent } from "@onegrid/ui/map";
import type { Reference } from "../storage/database.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Icon } from "../ui/icons.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { useWords } from "../words.ts";
import { COARSE_M, type Place } from "./draft.ts";
import type { Locating } from "./locate.ts";

const PlaceMap = lazy(() => import("../place/place-map.tsx"));

type PlacePickerProps = {
  reference: Reference | undefined;
  place: Place | null;
  address: string;
  locating: Locating;
  error: string | undefined;
  onLocate: () => void;
  onPlace: (place: Place) => void;
  onAddress: (address: string) => void;
};

type Said = { key: string; m?: number; name?: string; isGood: boolean };

/** What is known of the place, in words. */
function saidOf(place: Place | null, locating: Locating): Said {
  if (place?.kind === "pin") {
    return place.component
      ? { key: "report>atComponent", name: place.component.name, isGood: true }
      : { key: "report>pinned", isGood: true };
  }
  if (place && place.accuracyM <= COARSE_M) {
    return { key: "report>fix", m: place.accuracyM, isGood: true };
  }
  if (locating === "asking") {
    return place
      ? { key: "report>sharpening", m: place.accuracyM, isGood: true }
      : { key: "report>locating", isGood: true };
  }
  if (place) return { key: "report>coarse", m: place.accuracyM, isGood: false };
  if (locating === "denied") return { key: "report>denied", isGood: false };
  return {
    key: locating === "failed" ? "report>failed" : "report>locating",
    isGood: locating !== "failed",
  };
}

/** A pin in the middle of the map, with the component that was tapped there. */
const pinAt = (at: LngLat, tapped: TappedComponent | null): Place =>
  tapped === null
    ? { kind: "pin", ...at }
    : {
        kind: "pin",
        lng: tapped.lng,
        lat: tapped.lat,
        component: { componentCode: tapped.componentCode, name: tapped.name },
      };

/** Where it is: by the device with its accuracy, by a pin on the map, or by an address. */
export const PlacePicker = (props: PlacePickerProps) => {
  const { reference, place, address, locating, error } = props;
  const { t } = useWords();
  const [isMapOpen, setMapOpen] = useState(false);
  const middle = useRef<LngLat>(null);
  const [tapped, setTapped] = useState<TappedComponent | null>(null);
  const said = saidOf(place, locating);
  return (
    <>
      <output className={said.isGood ? "place-said" : "place-said place-bad"}>
        <Icon name={said.isGood ? "place" : "warn"} />
        {t(said.key, { m: said.m, name: said.name })}
      </output>
      {error && (
        <p className="error" role="alert">
          {error}
        </p>
      )}
      <div className="row">
        {reference && (
          <Button icon="place" onClick={() => setMapOpen(true)}>
            {t("report>pin")}
          </Button>
        )}
        <Button icon="refresh" look="quiet" onClick={props.onLocate} isBusy={locating === "asking"}>
          {t("report>relocate")}
        </Button>
      </div>
      <Field label={t("report>address")} hint={t("report>addressHint")} isOptional>
        {(attributes) => (
          <input
            {...attributes}
            maxLength={200}
            value={address}
            autoComplete="off"
            onChange={(event) => props.onAddress(event.target.value)}
          />
        )}
      </Field>
      {isMapOpen && reference && (
        <Dialog
          isFull
          title={t("report>mapTitle")}
          onClose={() => setMapOpen(false)}
          foot={
            <Button
              look="primary"
              className="button-big"
              onClick={() => {
                const at = middle.current;
                if (at) props.onPlace(pinAt(at, tapped));
                setMapOpen(false);
              }}
            >
              {t("report>mapUse")}
            </Button>
          }
        >
          <p className="weak">
            {tapped ? t("report>atComponent", { name: tapped.name }) : t("report>mapHint")}
          </p>
          <Suspense fallback={<Skeleton rows={1} />}>
            <PlaceMap
              county={reference.county}
              grid={reference.grid}
              point={place && { lng: place.lng, lat: place.lat }}
              onMove={(at) => {
                middle.current = at;
                setTapped((before) => (before && isOn(before, at) ? before : null));
              }}
              onComponent={setTapped}
            />
          </Suspense>
        </Dialog>
      )}
    </>
  );
};
