/** The reports that come with Sightline: a new one is a folder and a line here. */
import type { Report } from "../src/report/definition.ts";
import { raghu2021 } from "./raghu-2021/report.ts";

export const reports: readonly Report[] = [raghu2021];
