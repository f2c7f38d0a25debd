import type { LngLat } from "@onegrid/contract";
import { InputNumber } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

type Props = { value: LngLat | null; onChange: (place: LngLat | null) => void };
type Half = { lng: number | null; lat: number | null };

/** Longitude and latitude in WGS-84 degrees; a place once both are there. */
export const PlaceInput = ({ value, onChange }: Props) => {
  const { t } = useTranslation();
  // One number typed and the other not yet is no place, and must not be lost either.
  const [half, setHalf] = useState<Half>({ lng: null, lat: null });
  const shown: Half = value ?? half;
  const set = (change: Partial<Half>) => {
    const { lng, lat } = { ...shown, ...change };
    setHalf({ lng, lat });
    onChange(lng === null || lat === null ? null : { lng, lat });
  };
  return (
    <div className="place-input">
      <InputNumber<number>
        aria-label={t("components>lng")}
        prefix={t("components>lng")}
        min={-180}
        max={180}
        precision={7}
        controls={false}
        value={shown.lng}
        onChange={(lng) => set({ lng })}
      />
      <InputNumber<number>
        aria-label={t("components>lat")}
        prefix={t("components>lat")}
        min={-90}
        max={90}
        precision={7}
        controls={false}
        value={shown.lat}
        onChange={(lat) => set({ lat })}
      />
    </div>
  );
};
