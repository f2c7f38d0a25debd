/** What a file in commands/ exports: its help, and its work on the arguments after its name. */
export interface Command {
  /** The full help text, without a final line end. */
  usage: string;
  /** Resolves to the exit code. Throws `OperatorError` for what the operator can mend. */
  run(argv: string[]): Promise<number>;
}

/** A line of the list of commands. `load` is lazy, so that a command costs nothing until it is used. */
export interface CommandEntry {
  summary: string;
  load(): Promise<{ command: Command }>;
}
