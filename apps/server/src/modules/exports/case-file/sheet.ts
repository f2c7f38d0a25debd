import Pdf from "pdfkit";
import { commonFace, runsOf } from "./fonts.ts";

/** Points; A4 is 595 by 842. */
const MARGIN = 48;
const FOOT = 28;
const INK = "#1b2733";
const MUTED = "#5b6773";
const LINE = "#d5dbe1";
const ACCENT = "#1f5fa8";

export type Cell = { text: string; muted?: boolean };
export type Picture = { jpeg: Buffer; caption: string };

type TextAt = { x: number; y: number; width: number; size: number; colour?: string };

/**
 * A document that grows from top to bottom over A4 pages: headings, facts, tables and pictures. Each
 * is moved to the next page whole where it does not fit.
 */
export class Sheet {
  readonly document: PDFKit.PDFDocument;
  #y = MARGIN;
  readonly #fonts = new Set<string>();
  readonly #chunks: Buffer[] = [];
  readonly #done: Promise<Buffer>;

  constructor(info: { title: string; author: string; language: string; at: Date }) {
    this.document = new Pdf({
      size: "A4",
      margins: { top: MARGIN, left: MARGIN, right: MARGIN, bottom: 0 },
      // Fonts are named before each text; the library's own have no Chinese.
      font: "",
      lang: info.language,
      displayTitle: true,
      bufferPages: true,
      info: { Title: info.title, Author: info.author, CreationDate: info.at },
    });
    this.document.on("data", (chunk: Buffer) => this.#chunks.push(chunk));
    this.#done = new Promise((resolve, reject) => {
      this.document.on("end", () => resolve(Buffer.concat(this.#chunks)));
      this.document.on("error", reject);
    });
  }

  get width(): number {
    return this.document.page.width - 2 * MARGIN;
  }

  #use(face: { name: string; bytes: Buffer }): void {
    if (!this.#fonts.has(face.name)) {
      this.document.registerFont(face.name, face.bytes);
      this.#fonts.add(face.name);
    }
    this.document.font(face.name);
  }

  #height(text: string, width: number, size: number): number {
    this.#use(commonFace());
    return this.document.fontSize(size).heightOfString(text === "" ? " " : text, { width });
  }

  #write(text: string, { x, y, width, size, colour = INK }: TextAt): void {
    this.document.fontSize(size).fillColor(colour);
    const runs = runsOf(text);
    for (const [n, { face, text: part }] of runs.entries()) {
      this.#use(face);
      const continued = n < runs.length - 1;
      if (n === 0) this.document.text(part, x, y, { width, continued });
      else this.document.text(part, { continued });
    }
  }

  /** Goes to the next page when `height` does not fit on this one; true when it did. */
  #room(height: number): boolean {
    if (this.#y + height <= this.document.page.height - MARGIN - FOOT) return false;
    this.document.addPage();
    this.#y = MARGIN;
    return true;
  }

  title(text: string, below: string): void {
    this.#write(text, { x: MARGIN, y: this.#y, width: this.width, size: 19 });
    this.#y += this.#height(text, this.width, 19) + 3;
    this.#write(below, { x: MARGIN, y: this.#y, width: this.width, size: 10, colour: MUTED });
    this.#y += this.#height(below, this.width, 10) + 8;
  }

  /** `keep`: points of what follows that must stand on the same page. */
  heading(text: string, keep = 40): void {
    this.#room(30 + keep);
    this.#y += 10;
    this.document.rect(MARGIN, this.#y + 2, 3, 13).fill(ACCENT);
    this.#write(text, { x: MARGIN + 10, y: this.#y, width: this.width - 10, size: 12.5 });
    this.#y += 24;
  }

  paragraph(text: string): void {
    const height = this.#height(text, this.width, 10.5);
    this.#room(height);
    this.#write(text, { x: MARGIN, y: this.#y, width: this.width, size: 10.5 });
    this.#y += height + 6;
  }

  /** Pairs of what is known, two beside each other. */
  facts(pairs: readonly (readonly [string, string])[]): void {
    const column = this.width / 2;
    const label = 74;
    const room = column - label - 12;
    for (let n = 0; n < pairs.length; n += 2) {
      const row = pairs.slice(n, n + 2);
      const height = Math.max(...row.map(([, value]) => this.#height(value, room, 10)));
      this.#room(height + 6);
      for (const [side, [name, value]] of row.entries()) {
        const x = MARGIN + side * column;
        this.#write(name, { x, y: this.#y, width: label, size: 10, colour: MUTED });
        this.#write(value, { x: x + label, y: this.#y, width: room, size: 10 });
      }
      this.#y += height + 6;
    }
  }

  /** Rows under heads, which stand on each page again; `shares` of the width. No row is torn. */
  table(heads: readonly string[], shares: readonly number[], rows: readonly Cell[][]): void {
    const size = 9.5;
    const left = (n: number) =>
      MARGIN + this.width * shares.slice(0, n).reduce((sum, share) => sum + share, 0);
    const wide = (n: number) => this.width * (shares[n] ?? 0) - 8;
    const head = heads.map((text) => ({ text, muted: true }));
    const line = (cells: readonly Cell[]) => {
      const height = Math.max(...cells.map(({ text }, n) => this.#height(text, wide(n), size)));
      if (this.#room(height + 9) && cells !== head) line(head);
      for (const [n, { text, muted }] of cells.entries()) {
        const at = { x: left(n), y: this.#y, width: wide(n), size };
        this.#write(text, { ...at, colour: muted === true ? MUTED : INK });
      }
      this.#y += height + 4;
      const end = MARGIN + this.width;
      this.document.moveTo(MARGIN, this.#y).lineTo(end, this.#y).lineWidth(0.5).stroke(LINE);
      this.#y += 5;
    };
    line(head);
    for (const row of rows) line(row);
  }

  /** Pictures in their own shape, two beside each other, each with its words below. */
  pictures(all: readonly Picture[]): void {
    const wide = (this.width - 12) / 2;
    const tall = wide * 0.75;
    for (let n = 0; n < all.length; n += 2) {
      this.#room(tall + 26);
      for (const [side, { jpeg, caption }] of all.slice(n, n + 2).entries()) {
        const x = MARGIN + side * (wide + 12);
        this.document.rect(x, this.#y, wide, tall).lineWidth(0.5).stroke(LINE);
        this.document.image(jpeg, x, this.#y, {
          fit: [wide, tall],
          align: "center",
          valign: "center",
        });
        const below = { x, y: this.#y + tall + 4, width: wide, size: 9, colour: MUTED };
        this.#write(caption, below);
      }
      this.#y += tall + 26;
    }
  }

  /** Writes the foot of every page and answers the file. */
  end(foot: (page: number, of: number) => string): Promise<Buffer> {
    const { count } = this.document.bufferedPageRange();
    for (let page = 0; page < count; page += 1) {
      this.document.switchToPage(page);
      const y = this.document.page.height - MARGIN - 4;
      const words = foot(page + 1, count);
      this.#write(words, { x: MARGIN, y, width: this.width, size: 8.5, colour: MUTED });
    }
    this.document.end();
    return this.#done;
  }
}
