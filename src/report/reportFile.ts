/** A report as a report.json holds it: the template with all that was chosen, so that it can be made once more elsewhere. */
import { notFound } from "../errors.ts";
import { Fields } from "../zoo/fields.ts";
import type { AskedImages } from "./chooseImages.ts";
import type { Report } from "./definition.ts";
import type { NamedModel } from "./namedModels.ts";
import type { ReadChoices, ReportChoices } from "./readChoices.ts";

/** What is left out is the template's own. */
export interface ReportFile {
	/** Id of a report. */
	readonly template: string;
	readonly title?: string;
	/** By role. */
	readonly models?: Readonly<Record<string, string>>;
	readonly images: AskedImages;
	readonly figures?: readonly string[];
	readonly checks?: ReportChoices["checks"];
}

/** With what was chosen where nothing was told. */
export function reportFile({ id }: Report, { cast, images }: ReadChoices, choices: ReportChoices): ReportFile {
	const { title, models, figures, checks } = choices;
	const named = Object.entries(cast).flatMap(([role, model]) => (model === null ? [] : [[role, model] as const]));
	return {
		template: id,
		...(title === undefined ? {} : { title }),
		...(models === undefined ? {} : { models: Object.fromEntries(named) }),
		images,
		...(figures === undefined ? {} : { figures }),
		...(checks === undefined ? {} : { checks }),
	};
}

/**
 * @param value of the file, as JSON
 * @param place where it came from, for messages
 * @param located an id as it stands, a path as it is from the working folder
 * @throws SightlineError BAD_INPUT: the field, what stands there and what should; NOT_FOUND an unknown template
 */
export function parseReportFile(
	value: unknown,
	place: string,
	templates: readonly Report[],
	located: (idOrPath: string) => string,
): { readonly template: Report; readonly choices: ReportChoices } {
	const fields = new Fields(value, place);
	const id = fields.text("template");
	const template = templates.find((one) => one.id === id);
	if (template === undefined) {
		const ids = templates.map((one) => one.id);
		throw notFound("report", id, ids);
	}
	const title = fields.optional("title", fields.text);
	const models = fields.has("models") ? parseModels(fields, located) : null;
	const images = fields.has("images") ? parseImages(fields, located) : null;
	const figures = fields.optional("figures", fields.texts);
	const checks = fields.has("checks") ? parseChecks(fields.object("checks")) : null;
	fields.end();
	return {
		template,
		choices: {
			...(title === null ? {} : { title }),
			...(models === null ? {} : { models }),
			...(images === null ? {} : { images }),
			...(figures === null ? {} : { figures }),
			...(checks === null ? {} : { checks }),
		},
	};
}

/** A list, or an object by roles. */
function parseModels(fields: Fields, located: (idOrPath: string) => string): NamedModel[] {
	if (fields.isList("models")) return fields.texts("models").map((id) => ({ role: null, id: located(id) }));
	const byRole = fields.object("models");
	return byRole.names().map((role) => ({ role, id: located(byRole.text(role)) }));
}

/** A set alone, or with what of it. */
function parseImages(fields: Fields, located: (idOrPath: string) => string): AskedImages {
	if (fields.kind("images") === "text") return { set: located(fields.text("images")) };
	const images = fields.object("images");
	const set = images.optional("set", images.text);
	const split = images.optional("split", images.text);
	const count = images.optional("count", images.positive);
	const batchSize = images.optional("batchSize", images.positive);
	images.end();
	return {
		...(set === null ? {} : { set: located(set) }),
		...(split === null ? {} : { split }),
		...(count === null ? {} : { count }),
		...(batchSize === null ? {} : { batchSize }),
	};
}

/** Numbers, or false for a check that is not to be made. */
function parseChecks(fields: Fields): Readonly<Record<string, number | false>> {
	return Object.fromEntries(
		fields.names().map((id) => {
			if (fields.kind(id) === "number") return [id, fields.number(id)];
			if (fields.has(id) && !fields.boolean(id)) return [id, false];
			throw fields.wrong(id, "a number, or false to leave the check out");
		}),
	);
}
