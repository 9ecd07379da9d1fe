import { describe, expect, it } from "vitest";
import { limitsOf } from "./limits.ts";

describe("gunicorn", () => {
  it.each([
    ["Procfile", "worker: gunicorn app:app --timeout 120\n", "Procfile:1 120: --timeout 120"],
    ["Procfile", "worker: gunicorn app:app\n", "Procfile:1 30: no --timeout, so 30 s"],
    [
      "Dockerfile",
      'FROM python\nRUN pip install \\\n  gunicorn flask\nCMD ["gunicorn", "-t", "300", "app:app"]\n',
      "Dockerfile:4 300: --timeout 300",
    ],
    ["start.sh", "exec gunicorn app:app --timeout=0\n", "start.sh:1 Infinity: --timeout 0"],
    ["gunicorn.conf.py", "workers = 2\ntimeout = 45\n", "gunicorn.conf.py:2 45: timeout = 45"],
  ])("is read in %s", async (file, text, expected) => expect(await limitsOf({ [file]: text })).toEqual([expected]));

  it("leaves alone workers that wait beside their work, and what its own file says", async () => {
    expect(await limitsOf({ "start.sh": "gunicorn -k uvicorn.workers.UvicornWorker app:app\n" })).toEqual([]);
    expect(await limitsOf({ "start.sh": "gunicorn app:app\n", "gunicorn.conf.py": "timeout = 300\n" })).toEqual([
      "gunicorn.conf.py:1 300: timeout = 300",
    ]);
  });
});
