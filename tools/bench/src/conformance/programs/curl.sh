# curl with its retries.
if [ "$1" = chat ]; then
  path=llm
  body='{"model":"meta-llama/Meta-Llama-3.1-8B-Instruct","messages":[{"role":"user","content":"Describe a fox."}],"max_tokens":256,"stream":true}'
else
  path=text-to-image
  body='{"model_id":"SG161222/RealVisXL_V4.0_Lightning","prompt":"a red fox in snow"}'
fi
exec curl --silent --show-error --fail --retry 3 \
  --header "Content-Type: application/json" --header "Authorization: Bearer $LIVEPEER_API_KEY" \
  --data "$body" "$LIVEPEER_GATEWAY_URL/$path"
