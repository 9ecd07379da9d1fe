/** What a gateway answers for capabilities that others brought. */
import { check } from "./table.ts";
import { byoc } from "./tables/byoc.ts";

check("BYOC on a go-livepeer gateway", byoc);
