/**
 * The API keys that Studio mode knows: one for each way in which Studio treats a key. They open nothing but the emulator.
 *
 * A key that is not here is answered as Studio answers one that it cannot find.
 */

export interface StudioUser {
  readonly id: string;
  readonly email: string;
  readonly suspended: boolean;
  /** Whether the address has been confirmed. */
  readonly verified: boolean;
}

export interface StudioKey {
  /** What stands behind `Bearer`. */
  readonly text: string;
  readonly user: StudioUser;
  /** What a browser may do with it; without this, none may use it. */
  readonly cors?: { readonly allowedOrigins: ReadonlyArray<string>; readonly fullAccess: boolean };
  /** Made with access rules, of which none allows to generate. */
  readonly limited?: boolean;
}

const user = (id: string, state: Partial<StudioUser> = {}): StudioUser => ({
  id,
  email: `${id}@example.com`,
  suspended: false,
  verified: true,
  ...state,
});

/** Owns most of the keys: the rate limit counts them together. */
const owner = user("studio-user");

/** The only origin that the CORS keys allow. */
export const studioOrigin = "https://app.example.com";

export const studioKeys = {
  backend: { text: "emulated-backend-key", user: owner },
  "cors-restricted": {
    text: "emulated-cors-restricted-key",
    user: owner,
    cors: { allowedOrigins: [studioOrigin], fullAccess: false },
  },
  "cors-full": {
    text: "emulated-cors-full-key",
    user: owner,
    cors: { allowedOrigins: [studioOrigin], fullAccess: true },
  },
  limited: { text: "emulated-limited-key", user: owner, limited: true },
  "other-user": { text: "emulated-other-user-key", user: user("other-studio-user") },
  suspended: { text: "emulated-suspended-key", user: user("suspended-studio-user", { suspended: true }) },
  unverified: { text: "emulated-unverified-key", user: user("unverified-studio-user", { verified: false }) },
} as const satisfies Readonly<Record<string, StudioKey>>;

/** `undefined` when there is no such key. */
export const findStudioKey = (text: string): StudioKey | undefined =>
  Object.values<StudioKey>(studioKeys).find((key) => key.text === text);
