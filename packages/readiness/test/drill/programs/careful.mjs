/** Asks for one image, and does what is right when the gateway fails. Its times are those of a gateway in a hurry. */
import { setTimeout as sleep } from "node:timers/promises";

const { LIVEPEER_GATEWAY_URL: gateway, LIVEPEER_API_KEY: key } = process.env;
/** Who closes a connection so soon has not begun to work. */
const nothingRanMs = 1_200;
const deadlineMs = 2_500;
const again = [429, 500, 502, 503];

const body = JSON.stringify({
  model_id: "SG161222/RealVisXL_V4.0_Lightning",
  prompt: "a red fox in snow",
  width: 64,
  height: 64,
});

// What Node loads for its first request takes time that is not the gateway's.
await fetch("data:,");

const ask = async (attempt = 0) => {
  const wait = 60 * 2 ** attempt;
  const startedAt = Date.now();
  const response = await fetch(`${gateway}/text-to-image`, {
    method: "POST",
    redirect: "manual",
    headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" },
    body,
    signal: AbortSignal.timeout(deadlineMs),
  }).catch((error) => error);
  if (response instanceof Error) {
    if (Date.now() - startedAt > nothingRanMs) throw new Error("the outcome is unknown", { cause: response });
    return retry(attempt, wait);
  }
  if (again.includes(response.status)) {
    await response.arrayBuffer();
    const retryAfter = response.headers.get("retry-after");
    return retry(attempt, retryAfter === null ? wait : Number(retryAfter) * 1_000);
  }
  if (!response.ok) throw new Error(`the gateway said ${response.status}`);
  const result = await response.json();
  return result ?? retry(attempt, wait);
};

const retry = async (attempt, wait) => {
  await sleep(wait);
  return ask(attempt + 1);
};

const { images } = await ask();
const file = await fetch(images[0].url);
console.log((await file.arrayBuffer()).byteLength);
