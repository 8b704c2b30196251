/**
 * The folder that the package's own files lie in at the same places, `src/zoo/weights`, `schema`, `reports`, `site`: the
 * project's folder when the sources run, `dist` when the compiled code does, since the build copies them there.
 */
import { fileURLToPath } from "node:url";

export const packageRoot: string = fileURLToPath(new URL("../../", import.meta.url));
