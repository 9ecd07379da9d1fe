/**
 * Who asks, and whether that key may generate: Studio's `middleware/auth.ts`, sentence for sentence.
 *
 * Studio asks the two questions apart. A key that it does not know is refused on every path; no key at all, only where
 * one is needed.
 */
import type { Reply } from "../Reply.ts";
import { findStudioKey, type StudioKey } from "./keys.ts";
import { refuse } from "./refuse.ts";

export interface Credential {
  /** `undefined` when none was sent, or when it was refused. */
  readonly key?: StudioKey;
  readonly refusal?: Reply;
}

/** `Bearer: key` does not match, and counts as nothing. */
const header = /^\s*(\w+)\s+(.+)$/;

/** Reads the `Authorization` header. The refusal of an unknown key repeats it, as Studio's does. */
export const authenticate = (authorization = ""): Credential => {
  const [, scheme = "", rest = ""] = header.exec(authorization) ?? [];
  switch (scheme.toLowerCase()) {
    case "":
      return {};
    case "bearer":
      return withToken(rest);
    case "basic":
      return withBasic(rest);
    case "jwt":
      // The dashboard's own tokens; the emulator gives none out.
      return { refusal: refuse(401, "jwt malformed") };
    default:
      return { refusal: refuse(401, `unsupported authorization header scheme: ${scheme}`) };
  }
};

const withToken = (text: string, userId?: string): Credential => {
  const key = findStudioKey(text);
  if (key === undefined || (userId !== undefined && userId !== key.user.id))
    return { refusal: refuse(401, `no token ${text} found`) };
  return key.user.suspended ? { refusal: refuse(403, "user is suspended") } : { key };
};

/** The user's id and one of that user's keys. */
const withBasic = (encoded: string): Credential => {
  const [, userId, text = ""] = /^([^:]*):(.*)$/.exec(Buffer.from(encoded, "base64").toString()) ?? [];
  return text === "" ? { refusal: refuse(401, "no authorization token provided") } : withToken(text, userId);
};

/**
 * The refusal of a key that may not generate.
 *
 * @param allowedOrigin What the answer's `Access-Control-Allow-Origin` says.
 */
export const authorize = (
  { cors, limited, user }: StudioKey,
  origin: string | undefined,
  allowedOrigin: string | undefined,
): Reply | undefined => {
  if (origin !== undefined && origin !== allowedOrigin)
    return refuse(403, `credential disallows CORS access from origin ${origin}`);
  if (!user.verified)
    return refuse(403, `user ${user.email} has not been verified. please check your inbox for verification email.`);
  if (limited === true) return refuse(403, "credential has insufficent privileges");
  // The rules that such a key has by default know nothing of /generate.
  if (cors?.fullAccess === false)
    return refuse(403, "access forbidden for CORS-enabled API key with restricted access");
  return undefined;
};
