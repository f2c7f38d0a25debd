import { locate, type LngLat } from "@onegrid/contract";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { client } from "../../platform/client.ts";

/** Which grid holds the marked place and who serves there. */
export const ResponsibleNote = ({ place }: { place: LngLat | null }) => {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ["locate", place],
    queryFn: ({ signal }) =>
      client.call(
        locate,
        { query: { lng: String(place?.lng), lat: String(place?.lat) } },
        { signal },
      ),
    enabled: place !== null,
  });
  if (place === null) return <p className="hint">{t("report>noPlaceYet")}</p>;
  if (!data) return <p className="hint">{t("common>loading")}</p>;
  if (data.grid === null) return <p className="hint">{t("report>outside")}</p>;
  const own = data.chain.at(-1);
  return (
    <output className="hint block">
      {data.grid.path.join(" › ")}
      {own?.head && ` · ${t("report>head", { name: own.head })}`}
      {own?.dutyPhone && ` · ${own.dutyPhone}`}
    </output>
  );
};
