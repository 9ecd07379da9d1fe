/** Pages about the machine that Sluice runs on: settings, and the files of results. */
import { FileNotWritten } from "../failures/FileNotWritten.ts";
import { MediaUnavailable } from "../failures/MediaUnavailable.ts";
import { InvalidConfiguration } from "../failures/InvalidConfiguration.ts";
import type { GatewayError } from "../GatewayError.ts";
import * as RetryPolicy from "../policy/RetryPolicy.ts";
import type { Entry } from "./Entry.ts";
import { made } from "./examples.ts";
import { goTools, page } from "./sources.ts";

const file = "https://dream-gateway.livepeer.cloud/stream/5c3a9f10/9b1de2a4.png";
const download = { gateway: "livepeer-cloud", pipeline: "download" } as const;

const thrownBy = (make: () => unknown): GatewayError => {
  try {
    make();
  } catch (error) {
    if (error instanceof InvalidConfiguration) return error;
  }
  throw new Error("This configuration has no mistake.");
};

const configuration: Entry = {
  code: "SLUICE-400-CONFIGURATION",
  title: "A setting is missing or wrong",
  happened:
    "A setting is missing or wrong, so nothing was sent. The message lists every mistake that was found, not just the first.",
  you: [
    "Correct the settings that `fields` names.",
    "`gateway`: a profile (`livepeer-cloud`, `livepeer-studio`, `go-livepeer`, `emulator`), a base URL with `http://` or `https://`, or a gateway of your own as data or in a `.json` file; a mistake in it has its path, such as `gateway.prices.rates.0.unit`. `go-livepeer` needs its address in `gatewayUrl` (`SLUICE_GATEWAY_URL`).",
    "`apiKey`: the bare key (`LIVEPEER_API_KEY`), without `Bearer`, spaces or line breaks. `livepeer-studio` does not work without one.",
    "In a shell or an `.env` file, an empty value counts as not set.",
  ],
  why: "A wrong setting would fail on every call, and often in a way that looks like the gateway's fault: a key with `Bearer` in front as a 401, a base URL with a typing error as a 404.",
  sluice: "It checks all settings before the first call, and never sends a request that it knows to be wrong.",
  examples: [
    made(
      "Sluice, for a gateway that is neither a profile nor a URL",
      () =>
        new InvalidConfiguration({
          gateway: "the gateway",
          pipeline: "configuration",
          fields: [
            {
              path: "gateway",
              message:
                '"127.0.0.1:8937" is neither a base URL (https://…) nor one of livepeer-cloud, livepeer-studio, go-livepeer; did you mean http://127.0.0.1:8937?',
            },
          ],
        }),
    ),
    made("`RetryPolicy.make({ rateLimited: { factor: 0, jitter: 2 } })`", () =>
      thrownBy(() => RetryPolicy.make({ rateLimited: { factor: 0, jitter: 2 } })),
    ),
  ],
};

const media: Entry = {
  code: "SLUICE-404-MEDIA",
  title: "The result's file is gone",
  happened:
    "The call succeeded, but the gateway no longer has the file at the address that it gave. The work was done, and billed.",
  you: [
    "Download results at once: `bytes()` or `save()` right after the call, and not an address for later.",
    "If several gateways share one address, let all requests of a client go to the same one: each has its own files.",
    "Make the call again, if a second charge is acceptable. The same `seed`, model and prompt give the same image.",
  ],
  why: `go-livepeer keeps results in its memory: ${goTools("drivers/local.go", "L15")} makes room for 12 files of a request, and a restart loses all of them.`,
  sluice:
    "It makes one attempt for a file that is gone (404, 410). A download that fails otherwise is tried again, because reading is safe to repeat.",
  examples: [
    made(
      "Sluice, for a download that was answered 404",
      () => new MediaUnavailable({ ...download, url: file, status: 404 }),
    ),
  ],
};

const notWritten: Entry = {
  code: "SLUICE-507-FILE",
  title: "The result could not be written to disk",
  happened: "The result arrived, and the disk did not take it. The work was done, and billed.",
  you: [
    "Read the reason in the message: no space, no permission, a file where a folder should be.",
    "Fetch the file from `url` right away, while the gateway still has it, such as with `curl -O`.",
    "Choose another place (`-o`), then call again.",
  ],
  why: `Disks fill up, and folders belong to others. The gateway keeps the file only for a while: ${page("SLUICE-404-MEDIA")}.`,
  sluice:
    "It writes beside the asked name and renames at the end, so a file under that name is always whole. What was half written is removed.",
  examples: [
    made(
      "Sluice, on a disk that is full",
      () =>
        new FileNotWritten({
          ...download,
          path: "out/a-red-fox-in-snow-7.png",
          url: file,
          reason: "ENOSPC: no space left on device, write",
        }),
    ),
  ],
};

export const local: ReadonlyArray<Entry> = [configuration, media, notWritten];
