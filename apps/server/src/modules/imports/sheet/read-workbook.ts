import { partText, type Parts } from "./open-zip.ts";
import { walkXml } from "./xml.ts";

export type WorkbookSheet = { name: string; hidden: boolean; part: string };

export type Workbook = {
  sheets: WorkbookSheet[];
  /** True: days count from 1904, as old Macs did. */
  from1904: boolean;
  /** Texts that cells name by number. */
  strings: string[];
  /** By number of a cell's style: whether it shows a number as a day. */
  dayStyles: boolean[];
};

/** Number formats of the standard that show a day (ECMA-376 part 1, 18.8.30; East Asian 27–58). */
const isDayFormatId = (id: number): boolean =>
  (id >= 14 && id <= 17) ||
  id === 22 ||
  (id >= 27 && id <= 31) ||
  id === 36 ||
  (id >= 50 && id <= 54) ||
  id === 57 ||
  id === 58;

/** A format that shows year, month or day; what is quoted or in brackets does not count. */
const isDayFormat = (format: string): boolean =>
  /[ymd年月日]/i.test(format.replaceAll(/"[^"]*"|\[[^\]]*\]|\\./g, "")) && !/general/i.test(format);

const readStyles = (xml: string | undefined): boolean[] => {
  const formats = new Map<number, string>();
  const styles: boolean[] = [];
  let inside = false;
  if (xml === undefined) return styles;
  walkXml(xml, {
    open: (name, attributes) => {
      if (name === "numFmt") {
        const { numFmtId, formatCode = "" } = attributes();
        formats.set(Number(numFmtId), formatCode);
      } else if (name === "cellXfs") inside = true;
      else if (name === "xf" && inside) {
        const id = Number(attributes()["numFmtId"] ?? 0);
        const format = formats.get(id);
        styles.push(format === undefined ? isDayFormatId(id) : isDayFormat(format));
      }
    },
    close: (name) => {
      if (name === "cellXfs") inside = false;
    },
  });
  return styles;
};

const readStrings = (xml: string | undefined): string[] => {
  const strings: string[] = [];
  let text: string | null = null;
  let reads = false;
  let phonetic = false;
  if (xml === undefined) return strings;
  walkXml(xml, {
    open: (name) => {
      if (name === "si") text = "";
      else if (name === "rPh") phonetic = true;
      else if (name === "t") reads = !phonetic;
    },
    text: (words) => {
      if (reads && text !== null) text += words;
    },
    close: (name) => {
      if (name === "t") reads = false;
      else if (name === "rPh") phonetic = false;
      else if (name === "si") {
        strings.push(text ?? "");
        text = null;
      }
    },
  });
  return strings;
};

const readTargets = (xml: string | undefined): Map<string, string> => {
  const targets = new Map<string, string>();
  if (xml === undefined) return targets;
  walkXml(xml, {
    open: (name, attributes) => {
      if (name !== "Relationship") return;
      const { Id: id, Target: target = "" } = attributes();
      if (id === undefined) return;
      targets.set(id, target.startsWith("/") ? target.slice(1) : `xl/${target}`);
    },
  });
  return targets;
};

/** The list of sheets and what their cells refer to. Throws when a part is not well-formed XML. */
export const readWorkbook = (parts: Parts): Workbook => {
  const targets = readTargets(partText(parts, "xl/_rels/workbook.xml.rels"));
  const sheets: WorkbookSheet[] = [];
  let from1904 = false;
  walkXml(partText(parts, "xl/workbook.xml") ?? "", {
    open: (name, attributes) => {
      if (name === "workbookPr") from1904 = /^(1|true)$/.test(attributes()["date1904"] ?? "");
      if (name !== "sheet") return;
      const all = attributes();
      const id = Object.entries(all).find(([key]) => /(^|:)id$/.test(key))?.[1] ?? "";
      const part = targets.get(id);
      if (part === undefined) return;
      const hidden = /hidden/i.test(all["state"] ?? "");
      sheets.push({ name: all["name"] ?? "", hidden, part });
    },
  });
  return {
    sheets,
    from1904,
    strings: readStrings(partText(parts, "xl/sharedStrings.xml")),
    dayStyles: readStyles(partText(parts, "xl/styles.xml")),
  };
};
