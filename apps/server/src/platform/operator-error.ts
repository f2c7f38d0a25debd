/**
 * A failure the person at the keyboard can mend. The command line prints `message` and `hint`
 * without a stack; anything else that is thrown is a defect and keeps its stack.
 */
export class OperatorError extends Error {
  readonly code: string;
  readonly hint: string | undefined;

  /** `code` is dotted like a problem code (`embedded.locked`); `hint` says what to do next. */
  constructor(code: string, message: string, hint?: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "OperatorError";
    this.code = code;
    this.hint = hint;
  }
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
