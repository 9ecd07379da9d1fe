/** Folders that hold what is built and shipped. Git seldom has them, and everybody who visits the site does. */

export const usualBundles = ["dist", "build", "out", ".next", ".output", "public", ".svelte-kit", ".vercel/output"];

export interface Shipped {
  /** The bundle's folder. */
  readonly folder: string;
  /** It runs on a server; a browser does not get it. */
  readonly isServer: boolean;
}

const server = /(?:^|\/)(?:server|standalone|functions)\//;
/** What a bundler keeps for itself. */
const scratch = /(?:^|\/)\.next\/cache\//;

/** `path`: with `/` between its parts. */
export const shippedIn = (path: string, bundles: ReadonlyArray<string>): Shipped | undefined => {
  for (const bundle of bundles) {
    const at = `/${path}`.indexOf(`/${bundle}/`);
    if (at === -1) continue;
    const end = at + bundle.length;
    return { folder: path.slice(0, end), isServer: server.test(path.slice(end + 1)) };
  }
  return undefined;
};

export const isScratch = (path: string): boolean => scratch.test(path);

/** The bundles at or below an ignored folder that git names without looking into it: `.vercel` has `.vercel/output`. */
export const bundlesAt = (folder: string, bundles: ReadonlyArray<string>): ReadonlyArray<string> => {
  if (shippedIn(`${folder}/`, bundles) !== undefined) return [folder];
  const last = folder.slice(folder.lastIndexOf("/") + 1);
  return bundles.filter((bundle) => bundle.startsWith(`${last}/`)).map((bundle) => folder + bundle.slice(last.length));
};
