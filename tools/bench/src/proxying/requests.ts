/** The same three requests, as a Livepeer gateway takes them and as an OpenAI-compatible one does: as the bytes to send. */
import { uploadBytes } from "./sizes.ts";

type Headers = Readonly<Record<string, string>>;

export interface Requests {
  /** An image from a prompt: small, and answered at once. */
  readonly small: Uint8Array;
  /** A chat, answered in a stream. */
  readonly stream: Uint8Array;
  /** An image of so many bytes in a form, in pieces. */
  readonly upload: (bytes?: number) => Iterable<Uint8Array>;
}

const head = (origin: string, path: string, headers: Headers): string => {
  const lines = Object.entries({ host: new URL(origin).host, ...headers }).map(([name, value]) => `${name}: ${value}`);
  return `POST ${path} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`;
};

const json = (origin: string, path: string, headers: Headers, value: object): Uint8Array => {
  const body = JSON.stringify(value);
  const described = { ...headers, "content-type": "application/json", "content-length": String(body.length) };
  return Buffer.from(head(origin, path, described) + body);
};

const boundary = "sluice-bench-1d6f0c";
/** A PNG of 64 × 64 pixels as far as its header says, and then anything. */
const picture = Buffer.from("89504e470d0a1a0a0000000d49484452000000400000004008060000", "hex");
const piece = Buffer.alloc(65_536, 1);

/** A form with text fields and the image, which comes last. */
function* form(origin: string, path: string, headers: Headers, fields: Headers, bytes: number): Iterable<Uint8Array> {
  const texts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const file = `--${boundary}\r\ncontent-disposition: form-data; name="image"; filename="a.png"\r\ncontent-type: image/png\r\n\r\n`;
  const before = texts.join("") + file;
  const after = `\r\n--${boundary}--\r\n`;
  const described = {
    ...headers,
    "content-type": `multipart/form-data; boundary=${boundary}`,
    "content-length": String(before.length + bytes + after.length),
  };
  yield Buffer.concat([Buffer.from(head(origin, path, described) + before), picture]);
  for (let left = bytes - picture.length; left > 0; left -= piece.length) yield piece.subarray(0, left);
  yield Buffer.from(after);
}

const prompt = "a red fox";
const messages = [{ role: "user", content: "Good morning" }];
const llm = "meta-llama/Meta-Llama-3.1-8B-Instruct";

export const livepeerRequests = (origin: string, headers: Headers = {}): Requests => {
  const model_id = "SG161222/RealVisXL_V4.0_Lightning";
  return {
    small: json(origin, "/text-to-image", headers, { model_id, prompt, width: 256, height: 256 }),
    stream: json(origin, "/llm", headers, { model: llm, messages, stream: true }),
    upload: (bytes = uploadBytes) =>
      form(origin, "/image-to-image", headers, { model_id: "timbrooks/instruct-pix2pix", prompt }, bytes),
  };
};

export const openAiRequests = (origin: string, headers: Headers = {}): Requests => ({
  small: json(origin, "/v1/images/generations", headers, { model: "dall-e-3", prompt, size: "256x256" }),
  stream: json(origin, "/v1/chat/completions", headers, { model: llm, messages, stream: true }),
  upload: (bytes = uploadBytes) => form(origin, "/v1/images/edits", headers, { model: "dall-e-2", prompt }, bytes),
});
