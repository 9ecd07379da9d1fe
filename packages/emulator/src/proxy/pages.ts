/** The pages of proxies, which a browser would show. */
import type { AnswerReply } from "../Reply.ts";

/** nginx's. `title`: the status and its name, or what the page is. */
export const nginxPage = (
  status: number,
  title: string,
  headers: Readonly<Record<string, string>> = {},
): AnswerReply => ({
  kind: "answer",
  status,
  headers: { "Content-Type": "text/html", ...headers },
  body: `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx/1.22.1</center>\r\n</body>\r\n</html>\r\n`,
});

/** Cloudflare's, of an origin that took longer than 100 s. */
export const originTimeout: AnswerReply = {
  kind: "answer",
  status: 524,
  headers: { "Content-Type": "text/html; charset=UTF-8" },
  body: `<!DOCTYPE html>
<html lang="en-US">
<head>
<title>gateway.example | 524: A timeout occurred</title>
</head>
<body>
<h1><span>A timeout occurred</span> <span>Error code 524</span></h1>
<p>The origin web server timed out responding to this request.</p>
</body>
</html>
`,
};
