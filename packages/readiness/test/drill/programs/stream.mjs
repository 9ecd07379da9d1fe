/** Reads a chat by OpenAI's route, token by token. With `careful`, half of one is an error. */
const { OPENAI_BASE_URL: base, OPENAI_API_KEY: key } = process.env;

const response = await fetch(`${base}/chat/completions`, {
  method: "POST",
  headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" },
  body: JSON.stringify({ model: "gpt-4o", stream: true, messages: [{ role: "user", content: "Good morning" }] }),
});
if (!response.ok) throw new Error(`The gateway said ${response.status}`);
const events = await response.text();
if (process.argv[2] === "careful" && !events.includes('"finish_reason":"stop"')) throw new Error("half an answer");
console.log(events.length);
