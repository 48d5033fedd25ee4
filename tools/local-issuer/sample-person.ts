/** A person whom the issuer lets in without a password: it runs on one machine and knows no other people. */
export interface SamplePerson {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly groups: readonly string[];
}
