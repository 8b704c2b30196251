/** The reports that come with Sightline: a new one is a folder and a line here. */
import type { Report } from "../src/report/definition.ts";
import { modelDiff } from "./model-diff/report.ts";
import { raghu2021 } from "./raghu-2021/report.ts";

/** Those of models that come along. */
export const reports: readonly Report[] = [raghu2021];

/** Those that can be made of any models. */
export const templates: readonly Report[] = [...reports, modelDiff];
