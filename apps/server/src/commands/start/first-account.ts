/** An account of the sample county; `password` is random and shown this once. */
export interface FirstAccount {
  login: string;
  password: string;
  role: string;
  name: string;
}
