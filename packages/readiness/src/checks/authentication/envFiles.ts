/** Files of settings that hold secrets by custom: `.env` and those that are named after it. */
const name = /(?:^|\/)\.env(?:\.[^/]+)?$/;
/** Made to be shared: without values, or encrypted. */
const shared = /\.(?:example|sample|template|dist|defaults|schema|vault|enc|encrypted|d\.ts)(?:\.|$)/;

export const isEnvFile = (path: string): boolean => name.test(path) && !shared.test(path);

export const isSharedEnvFile = (path: string): boolean => name.test(path) && shared.test(path);

const forTests =
  /\.env\.(?:development|dev|test|testing|ci)$|(?:^|\/)(?:tests?|__tests__|e2e|fixtures?|examples?|samples?|demos?)\//;

/** By custom without secrets, and in git: what tests, examples and development begin with. Whether a key is in it, A1 says. */
export const isForTests = (path: string): boolean => forTests.test(path);

/** What every folder with settings should keep out of git. */
export const usualEnvFiles = [".env", ".env.local", ".env.production"];
