/**
 * Takes secrets out of text that came from outside: Studio repeats the caller's key in its 401.
 *
 * Each secret goes in its plain, base64, percent-encoded and JSON-escaped form, and whatever follows `Bearer` goes too.
 */
export const redact = (text: string, secrets: ReadonlyArray<string>): string => {
  const forms = secrets.filter((secret) => secret !== "").flatMap(formsOf);
  // The longest first: a key may begin with another one.
  const all = forms.sort((one, other) => other.length - one.length);
  const clean = all.reduce((rest, form) => rest.replaceAll(form, "<redacted>"), text);
  return clean.replace(/(bearer[\s:]+)(?!<redacted>)[^\s"',;<>]+/gi, "$1<redacted>");
};

const formsOf = (secret: string): ReadonlyArray<string> => {
  const base64 = btoa(String.fromCharCode(...new TextEncoder().encode(secret))).replace(/=+$/, "");
  const percent = encodeURIComponent(secret.toWellFormed());
  const lowerPercent = percent.replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase());
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    percent,
    lowerPercent,
    base64,
    base64.replaceAll("+", "-").replaceAll("/", "_"),
  ];
};
