/** `fetch` as it is mostly written: whatever is not ok is an error, and a stream is read to its end. */
import { chatModel, given, imageModel, isChat, messages, prompt } from "./asked.ts";

const post = async (path: string, body: object): Promise<Response> => {
  const response = await fetch(`${given("LIVEPEER_GATEWAY_URL")}/${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Authorization: `Bearer ${given("LIVEPEER_API_KEY")}` },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`Response status: ${response.status}`);
  return response;
};

if (isChat) {
  const { body } = await post("llm", { model: chatModel, messages, max_tokens: 256, stream: true });
  let rest = "";
  for await (const text of (body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines.filter((one) => one.startsWith("data: {"))) {
      const { choices } = JSON.parse(line.slice("data: ".length)) as Chunk;
      process.stdout.write(choices[0].delta.content);
    }
  }
} else {
  const response = await post("text-to-image", { model_id: imageModel, prompt });
  const { images } = (await response.json()) as { readonly images: readonly [{ readonly url: string }] };
  console.log(images[0].url);
}

interface Chunk {
  readonly choices: readonly [{ readonly delta: { readonly content: string } }];
}
