import {
  EXPORT_MAP_FORMATS,
  exportComponents,
  exportGrids,
  type MapFormat,
} from "@onegrid/contract";
import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { countyQuery } from "../../platform/queries.ts";
import { useSession } from "../../platform/session.ts";

/** Takes a level's grids out as a file that the import takes in again unchanged. */
export const ExportButtons = ({ on }: { on: string | undefined }) => {
  const { t } = useTranslation();
  const { data: county } = useQuery(countyQuery);
  const { account } = useSession();
  // Restricted ones are among them: for whoever keeps the county's configuration.
  const takesComponents =
    account.role === "county_centre" || account.role === "system_administrator";
  const [level, setLevel] = useState(3);
  if (county === undefined) return null;
  const href = (format: MapFormat) => {
    const query = new URLSearchParams({ level: String(level), format, ...(on && { on }) });
    return `${exportGrids.path}?${query}`;
  };
  return (
    <section className="grid-buttons" aria-label={t("grids>export")}>
      <Select
        aria-label={t("grids>exportLevel")}
        value={level}
        onChange={setLevel}
        options={[1, 2, 3].map((value) => ({ value, label: t(`grids>level_${value}`) }))}
        style={{ width: 130 }}
      />
      {EXPORT_MAP_FORMATS.map((format) => (
        <a key={format} className="plain-button" href={href(format)} download>
          {t(`grids>export_${format}`)}
        </a>
      ))}
      {takesComponents &&
        EXPORT_MAP_FORMATS.map((format) => (
          <a
            key={`components ${format}`}
            className="plain-button"
            href={`${exportComponents.path}?format=${format}`}
            download
          >
            {t(`grids>components_${format}`)}
          </a>
        ))}
    </section>
  );
};
