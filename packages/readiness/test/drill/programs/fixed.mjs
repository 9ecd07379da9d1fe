/** Asks for one image of a gateway whose URL is fixed here. */
const response = await fetch("https://gateway.example/v1/ai/text-to-image", {
  method: "POST",
  headers: { Authorization: `Bearer ${process.env.LIVEPEER_API_KEY}`, "Content-Type": "application/json" },
  body: JSON.stringify({
    model_id: "SG161222/RealVisXL_V4.0_Lightning",
    prompt: "a red fox in snow",
    width: 64,
    height: 64,
  }),
});
if (!response.ok) throw new Error(`The gateway said ${response.status}`);
const { images } = await response.json();
const file = await fetch(images[0].url);
console.log((await file.arrayBuffer()).byteLength);
