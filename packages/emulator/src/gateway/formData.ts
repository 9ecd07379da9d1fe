/** A multipart body, and what the journal notes of its parts. */

/** `undefined`: it is none, or breaks off. */
export const formDataOf = (raw: Buffer, contentType: string): Promise<FormData | undefined> => {
  const response = new Response(new Uint8Array(raw), { headers: { "Content-Type": contentType } });
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- it holds a body in memory, which an emulator may.
  return response.formData().catch(() => undefined);
};

/** A file by its length and type; anything else as it came. */
export const noteOf = (part: unknown): unknown =>
  part instanceof File ? { file: part.name, bytes: part.size, type: part.type } : part;
