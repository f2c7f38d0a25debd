import { GeoJsonError, type FilePosition, type FileProblemCode } from "./geojson-problems.ts";

/** A piece of JSON text cut out of the file: a feature, or a member of the collection itself. */
export interface JsonPiece {
  /** Name of the member of the root object; "features" for each element of that list. */
  member: string;
  bytes: Uint8Array;
  position: FilePosition;
}

interface OpenPiece {
  /** Where it goes on in the present chunk. */
  start: number;
  parts: Uint8Array[];
  size: number;
  position: FilePosition;
}

/** One feature may be this big; a county's outline at centimetre detail is below a tenth of it. */
const MAX_PIECE_BYTES = 64 * 1024 * 1024;
const KEPT_MEMBERS = new Set(["type", "crs", "name", "features"]);

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const COMMA = 0x2c;
const COLON = 0x3a;
const NEWLINE = 0x0a;
const BOM = [0xef, 0xbb, 0xbf];

/** 1 for bytes that neither open nor close anything. */
const PLAIN = new Uint8Array(256).fill(1);
for (const byte of [QUOTE, OPEN_OBJECT, CLOSE_OBJECT, OPEN_LIST, CLOSE_LIST]) PLAIN[byte] = 0;

/**
 * Cuts a FeatureCollection into features while it streams in.
 *
 * Only brackets and strings are followed, byte by byte; the pieces go to JSON.parse. A general
 * token stream would make a token of each of a million numbers, and does not know the line and
 * column of a feature. Syntax inside a piece is JSON.parse's matter.
 */
export class GeoJsonScanner {
  #offset = 0;
  #line = 1;
  #lineStart = 0;
  #stack: number[] = [];
  #inString = false;
  #escaped = false;
  #started = false;
  #finished = false;
  #member = "";
  #awaitsValue = false;
  #inFeatures = false;
  #piece: OpenPiece | undefined;
  #keyPiece = false;

  /** Feeds the next bytes; yields the pieces that end in them. Throws GeoJsonError. */
  *push(chunk: Uint8Array): Generator<JsonPiece> {
    if (this.#piece !== undefined) this.#piece.start = 0;
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i] as number;
      if (byte === NEWLINE) {
        this.#line++;
        this.#lineStart = this.#offset + i + 1;
      }
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false;
        else if (byte === BACKSLASH) this.#escaped = true;
        else if (byte === QUOTE) {
          this.#inString = false;
          if (this.#piece !== undefined && this.#stack.length === this.#pieceDepth()) {
            yield* this.#close(chunk, i + 1);
          }
        }
        continue;
      }
      if (byte <= 0x20 || this.#isBom(byte, i)) continue;
      if (this.#piece !== undefined && this.#stack.length > this.#pieceDepth()) {
        // Deep inside a piece: numbers, commas and colons, nearly all of the file.
        if (PLAIN[byte] === 1) continue;
      }
      yield* this.#structural(chunk, i, byte);
    }
    this.#keep(chunk, chunk.length);
    this.#offset += chunk.length;
  }

  /** Tells that the file has ended. Throws when it ended in the middle. */
  end(): void {
    if (!this.#started) this.#fail("empty_file", this.#offset);
    if (!this.#finished)
      this.#fail("truncated", this.#offset, `${this.#stack.length} open brackets`);
  }

  *#structural(chunk: Uint8Array, i: number, byte: number): Generator<JsonPiece> {
    const depth = this.#stack.length;
    const at = this.#offset + i;
    if (this.#finished) this.#fail("syntax", at, "text after the end of the collection");
    if (depth === 0) {
      if (byte !== OPEN_OBJECT) this.#fail("wrong_file_type", at, kindOfFile(chunk, i));
      this.#started = true;
      this.#stack.push(byte);
      return;
    }
    const scalarEnds =
      this.#piece !== undefined &&
      depth === this.#pieceDepth() &&
      (byte === COMMA || byte === CLOSE_OBJECT || byte === CLOSE_LIST);
    if (scalarEnds) yield* this.#close(chunk, i);
    else if (this.#piece === undefined) this.#open(i, byte, at);

    if (byte === QUOTE) this.#inString = true;
    else if (byte === OPEN_OBJECT || byte === OPEN_LIST) this.#stack.push(byte);
    else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
      const opened = this.#stack.pop();
      if ((opened === OPEN_OBJECT) !== (byte === CLOSE_OBJECT)) {
        this.#fail("syntax", at, `unexpected ${String.fromCharCode(byte)}`);
      }
      if (this.#piece !== undefined && this.#stack.length === this.#pieceDepth()) {
        yield* this.#close(chunk, i + 1);
      }
      if (this.#inFeatures && this.#stack.length === 1) this.#inFeatures = false;
      if (this.#stack.length === 0) this.#finished = true;
    }
  }

  /** Depth at which pieces stand: elements of the features list at 2, members at 1. */
  #pieceDepth(): number {
    return this.#inFeatures ? 2 : 1;
  }

  /** Starts a key, a member's value or a feature where this byte begins one. */
  #open(i: number, byte: number, at: number): void {
    const depth = this.#stack.length;
    if (this.#inFeatures) {
      if (depth === 2 && byte !== COMMA && byte !== CLOSE_LIST) this.#begin(i, at);
      return;
    }
    if (depth !== 1 || byte === COMMA || byte === CLOSE_OBJECT) return;
    if (byte === COLON) {
      this.#awaitsValue = true;
    } else if (this.#awaitsValue) {
      this.#awaitsValue = false;
      if (this.#member === "features" && byte === OPEN_LIST) this.#inFeatures = true;
      else if (this.#member === "features") this.#fail("syntax", at, "features is not a list");
      else this.#begin(i, at);
    } else if (byte === QUOTE) {
      this.#keyPiece = true;
      this.#begin(i, at);
    } else {
      this.#fail("syntax", at, `unexpected ${JSON.stringify(String.fromCharCode(byte))}`);
    }
  }

  #begin(i: number, at: number): void {
    this.#piece = { start: i, parts: [], size: 0, position: this.#positionOf(at) };
  }

  /** Adds the bytes up to `end` to the open piece. Members nobody asks for keep nothing. */
  #keep(chunk: Uint8Array, end: number): void {
    const piece = this.#piece;
    if (piece === undefined || !(this.#keyPiece || KEPT_MEMBERS.has(this.#member))) return;
    // A copy: the source may use its buffer again for the next chunk.
    piece.parts.push(chunk.slice(piece.start, end));
    piece.size += end - piece.start;
    if (piece.size > MAX_PIECE_BYTES) {
      throw new GeoJsonError({
        code: "feature_too_large",
        position: piece.position,
        found: `more than ${MAX_PIECE_BYTES} bytes`,
      });
    }
  }

  *#close(chunk: Uint8Array, end: number): Generator<JsonPiece> {
    this.#keep(chunk, end);
    const { parts, size, position } = this.#piece as OpenPiece;
    this.#piece = undefined;
    const bytes = parts.length === 1 ? (parts[0] as Uint8Array) : join(parts, size);
    if (this.#keyPiece) {
      this.#keyPiece = false;
      this.#member = new TextDecoder().decode(bytes).slice(1, -1);
    } else if (KEPT_MEMBERS.has(this.#member)) {
      yield { member: this.#member, bytes, position };
    }
  }

  #isBom(byte: number, i: number): boolean {
    return !this.#started && byte === BOM[this.#offset + i];
  }

  #positionOf(byte: number): FilePosition {
    return { byte, line: this.#line, column: byte - this.#lineStart + 1 };
  }

  #fail(code: FileProblemCode, byte: number, found?: string): never {
    const position = this.#positionOf(byte);
    throw new GeoJsonError({ code, position, ...(found === undefined ? {} : { found }) });
  }
}

function join(parts: Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Names what people upload by mistake, by the first bytes. */
function kindOfFile(chunk: Uint8Array, start: number): string {
  const [a, b, c, d] = chunk.subarray(start, start + 4);
  if (a === 0x50 && b === 0x4b) return "zip (a zipped shapefile or a spreadsheet?)";
  if (a === 0x1f && b === 0x8b) return "gzip";
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return "UTF-16 text";
  if (a === 0x00 && b === 0x00 && c === 0x27 && d === 0x0a) return "shapefile";
  if (a === 0x3c) return "XML (KML or GML?)";
  if (a === OPEN_LIST) return "JSON list";
  const text = new TextDecoder().decode(chunk.subarray(start, start + 20));
  return `text that starts with ${JSON.stringify(text.split("\n")[0])}`;
}
