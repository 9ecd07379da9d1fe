/** This command line's version, as its package has it. */
import manifest from "../package.json" with { type: "json" };

export default manifest.version;
