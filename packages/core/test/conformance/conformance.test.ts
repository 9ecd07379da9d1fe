/**
 * The conformance suite, on the emulator in both its dialects; or, with `SLUICE_TEST_GATEWAY`, on a real gateway instead:
 * a profile's name, a base URL, or the path of a gateway's JSON file. Its key comes from `LIVEPEER_API_KEY`.
 */
import { type EmulatorSettings, startEmulator, studioKeys } from "@sluice/emulator";
import { type GatewayUnderTest, testGateway } from "./testGateway.ts";

/** Slow enough for a call to be aborted. */
const latencyMs = 60;

const onEmulator =
  (more: EmulatorSettings, settingsFor: (url: string) => GatewayUnderTest["settings"]) =>
  async (): Promise<GatewayUnderTest> => {
    const { url, journal, connections, close } = await startEmulator({ latencyMs, ...more });
    const metered = () => journal().flatMap(({ units }) => units ?? []);
    return { settings: settingsFor(url), metered, connections, close };
  };

const gateway = process.env["SLUICE_TEST_GATEWAY"] ?? "";

if (gateway === "") {
  await testGateway(
    "the emulator, as go-livepeer",
    onEmulator({}, (url) => ({ gateway: url })),
  );
  await testGateway(
    "the emulator, as go-livepeer with an object store that answers 503 for models that nobody has",
    onEmulator({ absoluteUrls: true, panicOnNoOrchestrator: false }, (url) => ({ gateway: url })),
  );
  await testGateway(
    "the emulator, as Studio",
    onEmulator({ dialect: "studio" }, (gatewayUrl) => {
      return { gateway: "livepeer-studio", gatewayUrl, apiKey: studioKeys.backend.text };
    }),
  );
} else {
  const apiKey = process.env["LIVEPEER_API_KEY"];
  const open = () => Promise.resolve({ settings: { gateway, apiKey }, close: () => Promise.resolve() });
  await testGateway(gateway, open, {
    // A call's own deadline comes first.
    timeoutMs: 360_000,
    tell: (sentence) => process.stdout.write(`${sentence}\n`),
  });
}
