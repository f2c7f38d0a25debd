import { readFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { Mapping } from "./mapping.ts";
import { readMoment } from "./moments.ts";
import { readRows } from "./read-rows.ts";

const NEW_YORK = "America/New_York";

describe("readMoment", () => {
  it.each([
    ["06/20/2016 10:04:21 PM", "2016-06-21T02:04:21.000Z"],
    ["1/2/2019 12:00:00 AM", "2019-01-02T05:00:00.000Z"],
    ["07/04/2019 12:30:00 PM", "2019-07-04T16:30:00.000Z"],
    ["2019-12-31T23:59:11.000", "2020-01-01T04:59:11.000Z"],
  ])("reads %s", (text, expected) => {
    expect(readMoment(text, ["us12h", "local_iso"], NEW_YORK)?.toISOString()).toBe(expected);
  });

  it("reads the hour that a clock change skips as the moment after it", () => {
    const at = readMoment("2019-03-10T02:30:00", ["local_iso"], NEW_YORK);
    expect(at?.toISOString()).toBe("2019-03-10T07:30:00.000Z");
  });

  it.each([
    "",
    "soon",
    "13/45/2019 10:00:00 AM",
    "02/30/2019 10:00:00 AM",
    "06/20/2016 00:04:21 PM",
  ])("knows no moment in “%s”", (text) => {
    expect(readMoment(text, ["us12h", "local_iso", "iso"], NEW_YORK)).toBeUndefined();
  });
});

const mapping = async () =>
  Mapping.parse(
    JSON.parse(
      await readFile(
        new URL("../../../../../docs/examples/nyc-311.mapping.json", import.meta.url),
        "utf8",
      ),
    ),
  );

const HEADER =
  "unique_key,created_date,closed_date,complaint_type,descriptor,incident_address,borough,longitude,latitude";

const read = async (lines: string[]) => {
  const csv = Readable.from([`\uFEFF${[HEADER, ...lines].join("\r\n")}\r\n`]);
  return Array.fromAsync(readRows(csv, await mapping()));
};

describe("readRows", () => {
  it("understands a request, with a BOM and CRLF in the file", async () => {
    const rows = await read([
      '7,06/20/2016 10:04:21 PM,06/20/2016 11:12:32 PM,Noise - Residential,"Loud, late",70 BUSH STREET,BROOKLYN,-74.0066,40.675',
    ]);
    expect(rows).toEqual([
      {
        line: 2,
        sourceId: "7",
        reportedAt: new Date("2016-06-21T02:04:21Z"),
        closedAt: new Date("2016-06-21T03:12:32Z"),
        lng: -74.0066,
        lat: 40.675,
        address: "70 BUSH STREET",
        description: "Noise - Residential · Loud, late",
        categoryCode: "NOISE",
        subTaskUnit: null,
        saidGrid: "BROOKLYN",
      },
    ]);
  });

  it("says of each bad row which line it is and why, and goes on", async () => {
    const good = "06/20/2016 10:00:00 PM,,Graffiti,,,Unspecified,-74,40";
    const rows = await read([
      `,${good}`,
      "2,yesterday,,Graffiti,,,BRONX,-74,40",
      "3,06/20/2016 10:00:00 PM,06/19/2016 10:00:00 PM,Graffiti,,,BRONX,-74,40",
      "4,06/20/2016 10:00:00 PM,,Graffiti,,,BRONX,-74,",
      `5,${good}`,
    ]);
    expect(rows.map((row) => ("code" in row ? row.code : row.saidGrid))).toEqual([
      "replay.id_missing",
      "replay.bad_reported_at",
      "replay.closed_before_reported",
      "replay.bad_place",
      null,
    ]);
    expect(rows.map((row) => row.line)).toEqual([2, 3, 4, 5, 6]);
  });
});
