/** Asks for one image, and for nothing twice. It prints whatever the gateway says. */
const { LIVEPEER_GATEWAY_URL: gateway, LIVEPEER_API_KEY: key } = process.env;

const response = await fetch(`${gateway}/text-to-image`, {
  method: "POST",
  headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" },
  body: JSON.stringify({
    model_id: "SG161222/RealVisXL_V4.0_Lightning",
    prompt: "a red fox in snow",
    width: 64,
    height: 64,
  }),
});
if (!response.ok) throw new Error(`The gateway said ${response.status}: ${await response.text()}`);
const { images } = await response.json();
const file = await fetch(images[0].url);
console.log((await file.arrayBuffer()).byteLength);
