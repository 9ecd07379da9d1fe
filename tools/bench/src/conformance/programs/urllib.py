"""Python's urllib, without options."""

import json
import os
import sys
import urllib.request

MESSAGES = [{"role": "user", "content": "Describe a fox."}]
CHAT_MODEL = "meta-llama/Meta-Llama-3.1-8B-Instruct"
IMAGE_MODEL = "SG161222/RealVisXL_V4.0_Lightning"


def post(path, body):
    request = urllib.request.Request(
        os.environ["LIVEPEER_GATEWAY_URL"] + path,
        data=json.dumps(body).encode(),
        headers={
            "Content-Type": "application/json",
            "Authorization": "Bearer " + os.environ["LIVEPEER_API_KEY"],
        },
    )
    return urllib.request.urlopen(request)


if sys.argv[1] == "chat":
    with post("/llm", {"model": CHAT_MODEL, "messages": MESSAGES, "max_tokens": 256, "stream": True}) as response:
        for line in response:
            if line.startswith(b"data: {"):
                print(json.loads(line[len(b"data: ") :])["choices"][0]["delta"]["content"], end="")
else:
    with post("/text-to-image", {"model_id": IMAGE_MODEL, "prompt": "a red fox in snow"}) as response:
        print(json.load(response)["images"][0]["url"])
