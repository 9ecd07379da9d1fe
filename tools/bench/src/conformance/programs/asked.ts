/** What every program here asks for: an image, or with the argument `chat` a chat as a stream. */

export const prompt = "a red fox in snow";
export const imageModel = "SG161222/RealVisXL_V4.0_Lightning";
/** By the name that OpenAI's clients know one; its images come as they are, and not as addresses. */
export const openaiImageModel = "gpt-image-1";
export const chatModel = "meta-llama/Meta-Llama-3.1-8B-Instruct";
export const messages = [{ role: "user", content: "Describe a fox." }] as const;

/** Small, since OpenAI's clients are sent it in base64. */
export const openaiSize = "256x256";

const [, , mode] = process.argv;
export const isChat = mode === "chat";

/** A variable that names the gateway, or its key. */
export const given = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
};
