import type { CaseDetail, CaseEvent } from "@onegrid/contract";
import { maskNumbers } from "@onegrid/domain";
import { createWords, instantWords, type Language } from "@onegrid/ui";
import en from "./words/en.json" with { type: "json" };
import zhCN from "./words/zh-CN.json" with { type: "json" };
import { Sheet, type Cell, type Picture } from "./sheet.ts";

/** What a case file is made of. `photos`: the stored photos as JPEG, by id. */
export type CaseFileContent = {
  shown: CaseDetail;
  photos: ReadonlyMap<string, Buffer>;
  county: { name: string; timeZone: string };
  language: Language;
  at: Date;
  /** Role of whoever asked. */
  role: string;
};

const AFTER = new Set<CaseEvent["kind"]>(["feed_back", "self_handle"]);
/** Moves whose holder is worth telling. */
const MOVES = new Set<CaseEvent["kind"]>(["dispatch", "escalate", "return", "rework"]);

const speaker = ({ language, county }: CaseFileContent) => {
  const { t } = createWords({ "zh-CN": zhCN, en }, language);
  const at = (instant: string | null) =>
    instant === null ? "—" : instantWords(instant, county.timeZone);
  return { t, at, limit: (amount: number, unit: string) => `${amount} ${t(`limitUnit>${unit}`)}` };
};
type Speaker = ReturnType<typeof speaker>;

const headFacts = (shown: CaseDetail, { t, at, limit }: Speaker): [string, string][] => {
  const verdict =
    shown.disposedOnTime === null
      ? t("verdict>pending")
      : t(`verdict>${shown.disposedOnTime ? "on_time" : "overdue"}`);
  const { source, sourceNumber, returns, reworks, extensions } = shown;
  return [
    [t("file>state"), t(`state>${shown.state}`)],
    [t("file>net"), t(`net>${shown.net}`)],
    [
      t("file>source"),
      [t(`source>${source}`), ...(sourceNumber === null ? [] : [maskNumbers(sourceNumber)])].join(
        " · ",
      ),
    ],
    [t("file>holder"), shown.holderName ?? "—"],
    [t("file>reportedAt"), at(shown.reportedAt)],
    [t("file>filedAt"), at(shown.filedAt)],
    [t("file>limit"), shown.limit === null ? "—" : limit(shown.limit.amount, shown.limit.unit)],
    [t("file>dueAt"), at(shown.dueAt)],
    [t("file>disposedAt"), at(shown.disposedAt)],
    [t("file>verdict"), shown.overdueExempt ? `${verdict} · ${t("event>grant_appeal")}` : verdict],
    [t("file>closedAt"), at(shown.closedAt)],
    [t("file>counts"), t("file>countsOf", { returns, reworks, extensions })],
  ];
};

const placeFacts = (shown: CaseDetail, { t }: Speaker): [string, string][] => {
  const { lng, lat, accuracyM, component } = shown;
  const facts: [string, string][] = [
    [t("file>grid"), [...shown.gridPath].join(" › ")],
    [t("file>address"), shown.address === null ? "—" : maskNumbers(shown.address)],
    [
      t("file>position"),
      lng === null || lat === null ? "—" : `${lng.toFixed(6)}, ${lat.toFixed(6)} (CGCS2000)`,
    ],
    [t("file>accuracy"), accuracyM === null ? "—" : `${Math.round(accuracyM)} m`],
  ];
  if (component !== null) {
    facts.push([t("file>component"), `${component.name} ${component.componentCode}`]);
  }
  return facts;
};

const clockRows = (shown: CaseDetail, { t, at, limit }: Speaker): Cell[][] =>
  shown.clocks.map((clock) => [
    { text: t(`clockStage>${clock.stage}`) },
    { text: limit(clock.limit.amount, clock.limit.unit) },
    { text: at(clock.startedAt) },
    { text: at(clock.dueAt) },
    { text: at(clock.stoppedAt) },
    { text: t(`verdict>${clock.verdict}`) },
  ]);

const stepRows = (shown: CaseDetail, { t, at }: Speaker): Cell[][] =>
  shown.events.map((event) => {
    const who = [
      t(`role>${event.actorRole}`),
      ...(event.actorName === null ? [] : [event.actorName]),
    ];
    const move = MOVES.has(event.kind)
      ? ` → ${event.toHolderName ?? t(`tierWho>${event.toTier}`)}`
      : "";
    const words = [
      ...(event.result === null ? [] : [t(`result>${event.result}`)]),
      ...(event.note === null ? [] : [maskNumbers(event.note)]),
      ...(event.attachmentIds.length === 0
        ? []
        : [t("file>photosOf", { n: event.attachmentIds.length })]),
    ];
    return [
      { text: at(event.occurredAt) },
      { text: `${t(`event>${event.kind}`)}${move}` },
      { text: who.join(" · "), muted: true },
      { text: words.join("\n") },
    ];
  });

/** Photos of the report and of the last result, then all others; each once. */
const picturesOf = ({ shown, photos }: CaseFileContent, { t, at }: Speaker): Picture[] => {
  const withPhotos = shown.events.filter(({ attachmentIds }) => attachmentIds.length > 0);
  const before = withPhotos.find(({ kind }) => kind === "report");
  const after = withPhotos.findLast(({ kind }) => AFTER.has(kind));
  const others = withPhotos.filter((event) => event !== before && event !== after);
  const named = (event: CaseEvent | undefined, words: string) =>
    (event?.attachmentIds ?? []).flatMap((id) => {
      const jpeg = photos.get(id);
      return jpeg === undefined
        ? []
        : { jpeg, caption: `${words} · ${at(event?.occurredAt ?? null)}` };
    });
  const [first, last] = [named(before, t("file>before")), named(after, t("file>after"))];
  // Before and after beside each other, as far as there are both.
  const pairs = Array.from({ length: Math.max(first.length, last.length) }, (_, n) =>
    [first[n], last[n]].filter((one) => one !== undefined),
  );
  const paired = pairs.filter((pair) => pair.length === 2).flat();
  const single = pairs.filter((pair) => pair.length === 1).flat();
  return [
    ...paired,
    ...single,
    ...others.flatMap((event) => named(event, t(`event>${event.kind}`))),
  ];
};

/**
 * 案卷 of a case as a PDF (A4): head, place, words, photos before and after, clocks with verdicts and
 * every step. Numbers of people are masked and no contact stands in it: a file leaves the software.
 */
export const drawCaseFile = (content: CaseFileContent): Promise<Buffer> => {
  const { shown, county, language, at, role } = content;
  const words = speaker(content);
  const { t } = words;
  const title = t("file>title", { county: county.name });
  const sheet = new Sheet({ title: `${title} ${shown.number}`, author: county.name, language, at });
  const marks = [
    shown.number,
    ...(shown.emergency ? [t("file>emergency")] : []),
    ...(shown.sample ? [t("sampleData")] : []),
  ];
  sheet.title(`${title} · ${shown.categoryName}`, marks.join(" · "));
  sheet.facts(headFacts(shown, words));
  sheet.heading(t("file>place"));
  sheet.facts(placeFacts(shown, words));
  sheet.heading(t("file>words"));
  sheet.paragraph(maskNumbers(shown.description));
  const pictures = picturesOf(content, words);
  if (pictures.length > 0) {
    sheet.heading(t("file>photos"), 200);
    sheet.pictures(pictures);
  }
  if (shown.clocks.length > 0) {
    sheet.heading(t("file>clocks"));
    const heads = ["stage", "limit", "startedAt", "dueAt", "stoppedAt", "verdict"];
    sheet.table(
      heads.map((head) => t(`file>${head}`)),
      [0.18, 0.14, 0.19, 0.19, 0.19, 0.11],
      clockRows(shown, words),
    );
  }
  sheet.heading(t("file>steps"));
  sheet.table(
    ["time", "step", "who", "said"].map((head) => t(`file>${head}`)),
    [0.18, 0.24, 0.2, 0.38],
    stepRows(shown, words),
  );
  const made = t("file>made", {
    at: instantWords(at.toISOString(), county.timeZone),
    who: t(`role>${role}`),
  });
  return sheet.end((page, of) => `${shown.number} · ${made} · ${t("file>page", { page, of })}`);
};
