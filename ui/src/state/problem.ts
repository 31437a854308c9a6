import type { Problem } from "../api/types";

/** What a command was rejected with. Anything else is a mistake of the page itself. */
export function asProblem(error: unknown): Problem {
  if (typeof error === "object" && error !== null && "code" in error && "message" in error) return error as Problem;
  return { code: "internal", kind: "internal", message: String(error) };
}
