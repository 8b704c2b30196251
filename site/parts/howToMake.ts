/** How a report is made again. */
import type { ReportData } from "../../src/report/runReport.ts";
import { type Html, html } from "../html.ts";
import { snippet } from "./snippet.ts";

/** Of the models that come along, the report's name is enough. */
export function howToMake({ id, file }: ReportData): Html {
	return file.models === undefined
		? snippet("Command", `npx sightline report ${id}`)
		: html`${snippet("report.json", JSON.stringify(file, null, 2))}${snippet("Command", "npx sightline report --config report.json")}`;
}
