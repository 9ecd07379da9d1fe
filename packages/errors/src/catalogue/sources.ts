/** Links to what the pages rest on: code at the commit that was read, public issues, and standards. */

const at = (repository: string, commit: string, folder = "") => {
  const root = `https://github.com/${repository}/blob/${commit}/${folder}`;
  return (file: string, lines = ""): string => `[${file}](${root}${file}${lines === "" ? "" : `#${lines}`})`;
};

/** Version 0.9.1. */
export const goLivepeer = at("livepeer/go-livepeer", "176aa415");
export const goTools = at("livepeer/go-tools", "03fb8a9b745f7f12fff4818e309a34613d126ff3");
export const studio = at("livepeer/studio", "670a0a66", "packages/api/src/");
export const runner = at("livepeer/ai-runner", "50a742ce", "runner/src/runner/");

export const issue = (project: string, number: number): string =>
  `[${project}#${number}](https://github.com/livepeer/${project}/issues/${number})`;

export const pull = (project: string, number: number): string =>
  `[${project}#${number}](https://github.com/livepeer/${project}/pull/${number})`;

export const rfc9110 = (section: string): string =>
  `[RFC 9110 §${section}](https://www.rfc-editor.org/rfc/rfc9110#section-${section})`;

/** Livepeer's guides for AI developers. */
export const guide = (page: string, text: string): string =>
  `[${text}](https://docs.livepeer.org/v2/developers/guides/ai/${page})`;

/** Another page of the catalogue. */
export const page = (code: string): string => `[${code}](${code}.md)`;
