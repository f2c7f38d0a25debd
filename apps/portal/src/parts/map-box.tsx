import type { ReactNode } from "react";
import type { View } from "../view.ts";

/**
 * A box of fixed height that a script fills with a map, so that nothing jumps when it comes.
 * Without scripts it is not shown at all: each page has its list or its address field.
 */
export const MapBox = (props: {
  kind: "place" | "cases" | "grids";
  view: View;
  label: string;
  /** What the script draws: codes and places, no words. */
  data?: Record<string, string | number | null>;
  children?: ReactNode;
}) => {
  const { kind, view, label, data = {}, children } = props;
  const { basemap, bounds } = view.county;
  return (
    <div className="map-box">
      {children}
      <section
        className="map"
        aria-label={label}
        data-map={kind}
        data-county={JSON.stringify({ basemap, bounds })}
        data-shown={JSON.stringify(data)}
      >
        <p className="map-wait">{view.t("portal>map>loading")}</p>
      </section>
    </div>
  );
};
