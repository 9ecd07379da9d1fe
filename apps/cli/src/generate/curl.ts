/** The same request for another program: a line of curl, safe to paste into a POSIX shell. */

export interface PlainRequest {
  readonly url: string;
  /** Whether a key belongs to it. */
  readonly isKeyed: boolean;
  /** What is no file, by its name on the wire. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** Sent as a form, when there is one. `path`: `-` is standard input. */
  readonly file?: { readonly field: string; readonly path: string };
}

export const keyVariable = "$LIVEPEER_API_KEY";

const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

export const curlOf = ({ url, isKeyed, fields, file }: PlainRequest): string => {
  const key = isKeyed ? [`-H "Authorization: Bearer ${keyVariable}"`] : [];
  const content =
    file === undefined
      ? ["-H 'Content-Type: application/json'", `-d ${quoted(JSON.stringify(fields))}`]
      : [
          ...Object.entries(fields).map(([name, value]) => `--form-string ${quoted(`${name}=${textOf(value)}`)}`),
          `-F ${quoted(`${file.field}=@${fileName(file.path)}`)}`,
        ];
  return [`curl -s ${quoted(url)}`, ...key, ...content].join(" \\\n  ");
};

/** Of a form's field, as the client sends it. */
export const textOf = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

/** In quotes of curl's own, because a comma or a semicolon would end it. */
const fileName = (path: string): string =>
  path === "-" ? path : `"${path.replaceAll("\\", "\\\\").replaceAll('"', String.raw`\"`)}"`;
