/** Pure parts of the map: styles and layers as data. `@onegrid/ui/map/create` draws them. */
export * from "./basemap.ts";
export * from "./case-layers.ts";
export * from "./component-layer.ts";
export * from "./grid-style.ts";
export * from "./palette.ts";
