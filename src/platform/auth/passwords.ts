import { type Algorithm, hash, verify } from "@node-rs/argon2";
import { userError } from "../errors/quatrain-error.ts";

/** OWASP's second recommended argon2id setting: 19 MiB, two passes, one lane. */
const OPTIONS = {
  algorithm: 2 satisfies Algorithm.Argon2id,
  memoryCost: 19_456,
  timeCost: 2,
  parallelism: 1,
};

const MIN_LENGTH = 8;
const MAX_LENGTH = 200;

/** @throws QuatrainError `weak_password` (400) */
export async function hashPassword(password: string): Promise<string> {
  if (password.length < MIN_LENGTH || password.length > MAX_LENGTH) {
    throw userError("weak_password", 400, `A password needs ${MIN_LENGTH} to ${MAX_LENGTH} characters`);
  }
  return hash(password, OPTIONS);
}

export async function passwordMatches(password: string, passwordHash: string): Promise<boolean> {
  return password.length <= MAX_LENGTH && verify(passwordHash, password);
}
