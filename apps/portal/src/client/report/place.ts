import { createClient } from "@onegrid/client";
import { locate } from "@onegrid/contract";
import {
  componentNear,
  drawComponents,
  MAP_LAYERS,
  selectedGrid,
  type TappedComponent,
} from "@onegrid/ui/map";
import type { TFunction } from "i18next";
import type { Map as MapLibreMap } from "maplibre-gl";
import { button, element } from "../element.ts";
import { drawMap, findMapBox } from "../map-element.ts";
import { currentFix, DOUBTFUL_M } from "../position.ts";

const PINNED_ZOOM = 16;
/** A millionth of a degree is a tenth of a metre. */
const DIGITS = 6;

type Named = Pick<TappedComponent, "componentCode" | "name">;
type Place = {
  lng: number;
  lat: number;
  accuracyM: number | null;
  /** 部件 that was tapped there. */
  component: Named | null;
};

const hidden = (form: HTMLFormElement, name: string): HTMLInputElement => {
  const input = form.elements.namedItem(name);
  if (!(input instanceof HTMLInputElement)) throw new TypeError(`the form has no field ${name}`);
  return input;
};

/** Writes a place into the form's hidden fields, or empties them. */
const write = (form: HTMLFormElement, place: Place | null): void => {
  hidden(form, "lng").value = place?.lng.toFixed(DIGITS) ?? "";
  hidden(form, "lat").value = place?.lat.toFixed(DIGITS) ?? "";
  hidden(form, "accuracyM").value = place?.accuracyM?.toFixed(1) ?? "";
  hidden(form, "componentCode").value = place?.component?.componentCode ?? "";
  hidden(form, "componentName").value = place?.component?.name ?? "";
};

const read = (form: HTMLFormElement): Place | null => {
  const [lng, lat] = [hidden(form, "lng").value, hidden(form, "lat").value];
  if (lng === "" || lat === "") return null;
  const [componentCode, name] = [
    hidden(form, "componentCode").value,
    hidden(form, "componentName").value,
  ];
  const component = componentCode === "" ? null : { componentCode, name };
  return { lng: Number(lng), lat: Number(lat), accuracyM: null, component };
};

/** Where somebody tapped: the component there, if there is one, else the bare place. */
const placeTapped = (map: MapLibreMap, point: { x: number; y: number }): Place => {
  const tapped = componentNear(map, point);
  if (tapped !== null)
    return { lng: tapped.lng, lat: tapped.lat, accuracyM: null, component: tapped };
  const { lng, lat } = map.unproject([point.x, point.y]);
  return { lng, lat, accuracyM: null, component: null };
};

/** Words under the map: where the pin lies, by the grid's name. Silent when it cannot be asked. */
const gridWords = async (place: Place, t: TFunction) => {
  const query = { lng: String(place.lng), lat: String(place.lat) };
  const { grid } = await createClient().call(locate, { query });
  return grid === null
    ? { words: t("portal>report>outside"), code: null }
    : { words: t("portal>report>inGrid", { grid: grid.path.join(" · ") }), code: grid.gridCode };
};

const pinOn = async (map: MapLibreMap, onDrag: (place: Place) => void) => {
  const { Marker } = await import("maplibre-gl");
  const marker = new Marker({ draggable: true });
  marker.on("dragend", () => onDrag({ ...marker.getLngLat(), accuracyM: null, component: null }));
  return {
    show: ({ lng, lat }: Place, jump: boolean) => {
      marker.setLngLat([lng, lat]).addTo(map);
      if (jump) map.jumpTo({ center: [lng, lat], zoom: Math.max(map.getZoom(), PINNED_ZOOM) });
    },
    hide: () => {
      marker.remove();
      map.setFilter(MAP_LAYERS.gridSelected, selectedGrid(null));
    },
  };
};

/**
 * The place by the device's position (only when asked), a tap, dragging the pin, or — for whoever
 * uses a keyboard — the middle of the map. A tap on a component names it. A position worse than
 * 100 m is shown, not taken.
 */
export const enhancePlace = async (form: HTMLFormElement, t: TFunction): Promise<void> => {
  const box = findMapBox("place");
  if (box === undefined) return;
  const note = element("p", { class: "map-note", role: "status" });
  const tools = element("div", { class: "map-tools" });
  box.box.before(tools);
  box.box.after(note);

  /** The map and its pin, once they are there; the position button works before. */
  const drawn: { map?: MapLibreMap; pin?: Awaited<ReturnType<typeof pinOn>> } = {};
  let asked = 0;
  const clear = button(t("portal>report>clear"), () => {
    asked += 1;
    write(form, null);
    drawn.pin?.hide();
    clear.hidden = true;
    say("");
  });
  clear.hidden = true;

  const say = (words: string, doubtful = false) => {
    note.textContent = words;
    note.classList.toggle("doubtful", doubtful);
  };
  const take = async (place: Place, words: string, jump: boolean) => {
    asked += 1;
    const mine = asked;
    write(form, place);
    drawn.pin?.show(place, jump);
    clear.hidden = false;
    say(words);
    const grid = await gridWords(place, t).catch(() => null);
    // Another place was chosen while this one was asked about.
    if (grid === null || mine !== asked) return;
    drawn.map?.setFilter(MAP_LAYERS.gridSelected, selectedGrid(grid.code));
    say(`${words} ${grid.words}`);
  };

  tools.append(
    button(t("portal>report>findMe"), async () => {
      say(t("portal>report>finding"));
      const fix = await currentFix();
      if (typeof fix === "string") return say(t(`portal>report>${fix}`), true);
      const m = Math.round(fix.accuracyM);
      if (fix.accuracyM <= DOUBTFUL_M) {
        return take({ ...fix, component: null }, t("portal>report>accuracy", { m }), true);
      }
      drawn.map?.jumpTo({ center: [fix.lng, fix.lat], zoom: PINNED_ZOOM });
      return say(t("portal>report>inaccurate", { m }), true);
    }),
    clear,
  );

  const map = await drawMap(box, t);
  if (map === undefined) return;
  drawn.map = map;
  box.box.classList.add("with-cross");
  drawComponents(map, "public-components");
  const wordsOf = ({ component }: Place) =>
    component === null
      ? t("portal>report>pinned")
      : t("portal>report>atComponent", { name: component.name });
  const byHand = (place: Place) => void take(place, wordsOf(place), false);
  drawn.pin = await pinOn(map, byHand);
  map.on("click", ({ point }) => byHand(placeTapped(map, point)));
  clear.before(
    button(t("portal>report>pickCentre"), () =>
      byHand(placeTapped(map, map.project(map.getCenter()))),
    ),
  );
  const before = read(form);
  if (before) void take(before, wordsOf(before), true);
  else if (note.textContent === "") say(t("portal>report>tapHint"));
};
