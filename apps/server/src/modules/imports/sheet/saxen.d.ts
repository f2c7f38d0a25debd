/** The part of saxen that is used here; the package has no types of its own. */
declare module "saxen" {
  type Decode = (text: string) => string;
  export class Parser {
    on(
      name: "openTag",
      hear: (name: string, attributes: () => Record<string, string>, decode: Decode) => void,
    ): this;
    on(name: "closeTag", hear: (name: string) => void): this;
    on(name: "text", hear: (text: string, decode: Decode) => void): this;
    on(name: "cdata", hear: (text: string) => void): this;
    on(name: "error", hear: (error: Error) => void): this;
    parse(xml: string): this;
  }
}
