/** Runs before each test file. */
import { moveIn } from "./home.ts";

moveIn();
