import { hash, verify } from "@node-rs/argon2";
import { limiter } from "../../platform/limiter.ts";

/**
 * argon2id as OWASP's Password Storage Cheat Sheet recommends: 19 MiB, two passes, one lane
 * (the library's default algorithm is argon2id).
 */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Each verification holds 19 MiB and a core; two cores are the smallest server. */
const inTurn = limiter(2, 100);

/** Hash of a password, in PHC format with its own salt and parameters. */
export const hashPassword = (password: string): Promise<string> =>
  inTurn(() => hash(password.normalize("NFC"), PARAMETERS));

let dummy: Promise<string> | undefined;

/**
 * Whether `password` is the one that was hashed. `null` stands for an account that does not exist:
 * the same work is done against a hash nobody knows the password of, and the answer is false.
 */
export const verifyPassword = async (
  passwordHash: string | null,
  password: string,
): Promise<boolean> => {
  dummy ??= hashPassword(crypto.randomUUID());
  const known = passwordHash ?? (await dummy);
  const isRight = await inTurn(() => verify(known, password.normalize("NFC")));
  return isRight && passwordHash !== null;
};
