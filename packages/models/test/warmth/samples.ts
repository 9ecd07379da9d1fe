/** Answers of go-livepeer's operator port, in the bytes that Go's `encoding/json` writes: zero values are absent. */

export const turbo = "stabilityai/sdxl-turbo";
export const lightning = "SG161222/RealVisXL_V4.0_Lightning";
export const llama = "meta-llama/Meta-Llama-3.1-8B-Instruct";

/** Two orchestrators; the second has found out nothing of its hardware, and asks a price of its own for this gateway. */
export const capabilities = `{"capabilities_names":{"-2":"Invalid","27":"Text to image","33":"Llm","37":"byoc"},"orchestrators":[{"address":"0x1111","local_address":"0x2222","orch_uri":"https://one.example:8935","capabilities":{"bitstring":[1,2],"mandatories":[],"capacities":{"0":1,"27":2},"version":"0.9.1","constraints":{"minVersion":"0.8.0","PerCapability":{"27":{"models":{"${lightning}":{"warm":true,"capacity":2,"runnerVersion":"0.14.1","capacityInUse":1},"${turbo}":{"capacity":1}}},"33":{"models":{"${llama}":{"warm":true}}},"37":{"models":{"my-capability":{"capacity":4}}}}}},"price_info":{"pricePerUnit":900,"pixelsPerUnit":1},"capabilities_prices":[{"pricePerUnit":4768371,"pixelsPerUnit":1,"capability":27,"constraint":"${lightning}"},{"pricePerUnit":1,"pixelsPerUnit":3,"capability":33,"constraint":"default"}],"hardware":null},{"address":"0x3333","local_address":"","orch_uri":"https://two.example:8935","capabilities":{"constraints":{"PerCapability":{"27":{"models":{"${lightning}":{"capacity":1},"${turbo}":{}}}}}},"price_info":null,"capabilities_prices":[{"pricePerUnit":9536743,"pixelsPerUnit":2,"capability":27,"constraint":"${lightning}"},{"pricePerUnit":13915084,"pixelsPerUnit":1,"capability":31,"constraint":"openai/whisper-large-v3"}],"hardware":[]}]}
`;

/** A gateway that has started and found nobody. */
export const noCapabilities = `{"capabilities_names":{"27":"Text to image"},"orchestrators":null}
`;

/** One warm pool, one cold, one whose only orchestrator is suspended, one that is empty. */
export const pools = `{"27_${lightning}":{"cold":{"size":0,"in_use":0,"orchestrators":null},"warm":{"size":2,"in_use":1,"orchestrators":[{"url":"https://one.example:8935","latency_score":0.0000012,"in_flight":1},{"url":"https://two.example:8935","latency_score":0,"in_flight":0}]},"last_refresh":"2026-11-23T00:00:00.123456789Z","suspended":{"list":{},"current_count":1}},"27_${turbo}":{"cold":{"size":1,"in_use":0,"orchestrators":[{"url":"https://one.example:8935","latency_score":0,"in_flight":0}]},"warm":{"size":0,"in_use":0,"orchestrators":null},"last_refresh":"2026-11-23T01:02:03+02:00","suspended":{"list":{"https://two.example:8935":4},"current_count":1}},"33_${llama}":{"cold":{"size":0,"in_use":0,"orchestrators":null},"warm":{"size":0,"in_use":0,"orchestrators":null},"last_refresh":"2026-11-23T00:00:00Z","suspended":{"list":{"https://one.example:8935":2,"https://two.example:8935":1},"current_count":2}},"31_openai/whisper-large-v3":{"cold":{"size":0,"in_use":0,"orchestrators":null},"warm":{"size":0,"in_use":0,"orchestrators":null},"last_refresh":"0001-01-01T00:00:00Z","suspended":{"list":{"https://two.example:8935":1},"current_count":2}}}
`;
