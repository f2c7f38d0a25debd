/** A letter ready to go: plain words, no markup. */
export type Letter = {
  /** Of the delivery: the same at every try, so that whoever receives can tell a repetition. */
  deliveryId: string;
  to: string;
  subject: string;
  text: string;
  /** Where the receiver stops further letters by one request (RFC 8058); null: nowhere. */
  stopUrl: string | null;
};

/** One way to reach people. `send` resolves when the other side has taken the letter. */
export type Channel = { send(letter: Letter): Promise<void>; close(): void };

/** Thrown by a channel: this address will never take anything, so trying again is pointless. */
export class AddressRefused extends Error {
  override name = "AddressRefused";
}
