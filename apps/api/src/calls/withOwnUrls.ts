/** A result whose files are at other addresses. */

interface File {
  readonly url: string;
}

type Files = ReadonlyArray<File>;

/** The same result; each URL of a file is what `own` makes of it. */
export const withOwnUrls = <Result extends object>(result: Result, own: (url: string) => string): Result => {
  const { images, videos, audio } = result as { images?: Files; videos?: Files; audio?: File };
  const moved = (file: File) => ({ ...file, url: own(file.url) });
  return {
    ...result,
    ...(images === undefined ? {} : { images: images.map(moved) }),
    ...(videos === undefined ? {} : { videos: videos.map(moved) }),
    ...(audio === undefined ? {} : { audio: moved(audio) }),
  };
};
