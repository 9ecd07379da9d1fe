/**
 * Reads the header of the file that a request carries: an image's format and size, an audio file's format and length.
 * Nothing is decoded, and a Blob is read only as far as its header goes, so that a file on disk stays there.
 */
import type { PipelineName } from "../Pipeline.ts";
import { pipelines } from "../pipelines/pipelines.ts";
import type { MediaFacts } from "./MediaFacts.ts";
import { readAudio } from "./readAudio.ts";
import { readImage } from "./readImage.ts";
import { isUpload } from "./Upload.ts";

/** `undefined` for a pipeline that takes no file, and for a request without one. Never rejects. In no time of note. */
export const readMedia = async (
  pipeline: PipelineName,
  request: Readonly<Record<string, unknown>>,
): Promise<MediaFacts | undefined> => {
  const taken = pipelines[pipeline];
  const upload = "fileField" in taken ? request[taken.fileField] : undefined;
  if (!isUpload(upload)) return undefined;
  return taken.media.in === "audio" ? readAudio(upload) : readImage(upload);
};
