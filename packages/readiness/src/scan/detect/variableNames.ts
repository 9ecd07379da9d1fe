/** What the name of a variable or a property says about its value. */

const vendor = /livepeer|sluice/i;
const secretWord = /key(?!board|frame|word|note)|token|secret|bearer|credential|passw|auth(?!or)/i;

/** Names of something that is no secret, though a word in them says so: `livepeerKeyId`, `LIVEPEER_STREAM_KEY_ID`. */
const harmlessEnd =
  /(?:^|[_.$-]|[a-z])(?:ids?|Ids?|IDS?|uuid|Uuid|UUID|guid|url|Url|URL|uri|hash|Hash|HASH|name|Name|NAME)$/;
const harmlessWord = /stream|asset|playback|session|request|trace|task|clip|fingerprint|public_?key/i;

/** Of a service key or a gateway's: `LIVEPEER_API_KEY`, `livepeerKey`, `livepeer.apiKey`. */
export const namesLivepeerKey = (name: string): boolean =>
  vendor.test(name) && secretWord.test(name.replace(vendor, "")) && !isHarmless(name);

const isHarmless = (name: string): boolean => harmlessEnd.test(name) || (harmlessWord.test(name) && !/api/i.test(name));

const generic =
  /^(?:x[_-])?(?:studio)?(?:api[_-]?(?:key|token)|(?:http|auth)?[_-]?bearer(?:[_-]?(?:token|auth))?|(?:access|auth)[_-]?token|secret(?:[_-]?key)?|token)$/i;

/** Of any service's key: `apiKey`, `httpBearer`. Its neighbours must say whose. */
export const namesSomeKey = (name: string): boolean => generic.test(name.slice(name.search(/[^.$]*$/)));

/** What bundlers put into the code that a browser gets. */
const publicPrefix =
  /(?:^|[^A-Za-z0-9])(?:NEXT_PUBLIC|NUXT_PUBLIC|EXPO_PUBLIC|PLASMO_PUBLIC|REACT_APP|VUE_APP|NG_APP|GATSBY|VITE|PUBLIC)_/;

export const isPublicName = (name: string): boolean => publicPrefix.test(name);

/** Studio's keys for browsers hold for an origin; they are meant to be seen. */
export const isMadeForBrowsers = (name: string): boolean => /cors/i.test(name);
