import { Parser } from "saxen";

/** The name without its namespace prefix: some writers put `x:` before every name of a sheet. */
const local = (name: string): string => name.slice(name.indexOf(":") + 1);

export type XmlHearer = {
  open?: (name: string, attributes: () => Record<string, string>) => void;
  /** Text with entities resolved. */
  text?: (text: string) => void;
  close?: (name: string) => void;
};

/**
 * Walks through a document. Names come without prefix; only the five entities of XML are known, so
 * nothing can be made to grow. Throws when it is not well-formed.
 */
export const walkXml = (xml: string, { open, text, close }: XmlHearer): void => {
  const parser = new Parser();
  if (open) {
    parser.on("openTag", (name, attributes, decode) =>
      open(local(name), () => {
        const found = attributes();
        for (const key of Object.keys(found)) found[key] = decode(found[key] ?? "");
        return found;
      }),
    );
  }
  if (text) {
    parser.on("text", (words, decode) => text(decode(words)));
    parser.on("cdata", text);
  }
  if (close) parser.on("closeTag", (name) => close(local(name)));
  parser.on("error", (error) => {
    throw error;
  });
  parser.parse(xml);
};
