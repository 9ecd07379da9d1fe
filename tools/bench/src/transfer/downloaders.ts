/** Clients that write a result's file to disk. */
import { createWriteStream } from "node:fs";
import { writeFile } from "node:fs/promises";
import { Agent, stream } from "undici";
import { sluiceOn } from "./sluiceOn.ts";
import type { Job } from "./process.ts";

const file = "/stream/5c3a9f10/9b1de2a4.png";

export const downloaders: Readonly<Record<string, (origin: string) => Promise<Job>>> = {
  "undici to a file": (origin) => {
    const dispatcher = new Agent({ connections: 128 });
    return Promise.resolve((path) =>
      stream(origin + file, { method: "GET", dispatcher }, () => createWriteStream(path)),
    );
  },
  "sluice, save": async (origin) => {
    const { client, runtime } = await sluiceOn(origin);
    return (path) => runtime.runPromise(client.save({ url: origin + file }, path));
  },
  "fetch, whole": (origin) =>
    Promise.resolve(async (path) => writeFile(path, new Uint8Array(await (await fetch(origin + file)).arrayBuffer()))),
};
