/** Programs to drill, in Python's own library: what a team has that uses none of our packages. */

/** One request, and no second. */
export const naive = `
import json, os, urllib.request

request = urllib.request.Request(
    os.environ["LIVEPEER_GATEWAY_URL"] + "/text-to-image",
    data=json.dumps({"model_id": "SG161222/RealVisXL_V4.0_Lightning", "prompt": "a red fox"}).encode(),
    headers={"content-type": "application/json", "authorization": "Bearer " + os.environ["LIVEPEER_API_KEY"]},
)
with urllib.request.urlopen(request, timeout=300) as answer:
    print(json.load(answer)["images"][0]["url"])
`;

/** It asks again after a 503 and a 429, later each time, and never sooner than Retry-After has it. */
export const patient = `
import json, os, random, sys, time, urllib.error, urllib.request

def ask(prompt):
    body = json.dumps({"model_id": "SG161222/RealVisXL_V4.0_Lightning", "prompt": prompt}).encode()
    headers = {"content-type": "application/json", "authorization": "Bearer " + os.environ["LIVEPEER_API_KEY"]}
    for attempt in range(12):
        request = urllib.request.Request(os.environ["SLUICE_GATEWAY_URL"] + "/text-to-image", body, headers)
        try:
            with urllib.request.urlopen(request, timeout=300) as answer:
                return json.load(answer)["images"][0]["url"]
        except urllib.error.HTTPError as error:
            if error.code not in (429, 503):
                raise
            wait = error.headers.get("retry-after")
            time.sleep(float(wait) + 0.05 if wait else min(0.1 * 2 ** attempt, 5) * random.uniform(0.9, 1.1))
    sys.exit("it does not answer")

print(ask("a red fox"))
`;
