import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";

export type Mail = { to: string[]; raw: string; messageId: string };

const messageIdOf = (raw: string): string => /^Message-ID: (.+)$/im.exec(raw)?.[1]?.trim() ?? "";

/** A real SMTP server on a port of its own that keeps what it takes. */
export const startMailServer = async () => {
  const mails: Mail[] = [];
  /** Set: refuse recipients with this; `busy` refuses for now. */
  const behaviour: { refuse: "no mailbox" | "busy" | null } = { refuse: null };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    onRcptTo: (_address, _session, done) => {
      if (behaviour.refuse === null) return done();
      const error = Object.assign(new Error("refused"), {
        responseCode: behaviour.refuse === "busy" ? 451 : 550,
      });
      return done(error);
    },
    onData: (stream, session, done) => {
      const parts: Buffer[] = [];
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.on("end", () => {
        const raw = Buffer.concat(parts).toString("utf8");
        const to = session.envelope.rcptTo.map(({ address }) => address);
        mails.push({ to, raw, messageId: messageIdOf(raw) });
        done();
      });
    },
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", () => ready()));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    behaviour,
    close: () => new Promise<void>((done) => server.close(() => done())),
  };
};

/** The words of a mail, its transfer encoding undone. */
export const wordsOf = ({ raw }: Mail): string => {
  const [, ...body] = raw.split("\r\n\r\n");
  const text = body.join("\r\n\r\n");
  if (/^Content-Transfer-Encoding: base64/im.test(raw)) {
    return Buffer.from(text, "base64").toString("utf8");
  }
  const bytes = text
    .replaceAll("=\r\n", "")
    .replaceAll(/=([0-9A-F]{2})/g, (_whole, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
  return /quoted-printable/i.test(raw) ? Buffer.from(bytes, "latin1").toString("utf8") : text;
};

export type Call = { headers: IncomingHttpHeaders; body: string; path: string };

/** A real HTTP server that keeps its calls and answers as told. */
export const startHttpReceiver = async () => {
  const calls: Call[] = [];
  const behaviour: { status: number; location?: string } = { status: 204 };
  const server: Server = createServer((request, answer) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      calls.push({
        headers: request.headers,
        body: Buffer.concat(parts).toString("utf8"),
        path: request.url ?? "",
      });
      if (behaviour.location !== undefined) answer.setHeader("location", behaviour.location);
      answer.writeHead(behaviour.status).end();
    });
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", () => ready()));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    calls,
    behaviour,
    close: () => new Promise<void>((done) => server.close(() => done())),
  };
};
