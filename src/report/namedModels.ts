/** Models that somebody names for a report, and the roles that they take. */
import { notFound, SightlineError } from "../errors.ts";
import type { Report, Role } from "./definition.ts";
import type { ModelResult } from "./queryResult.ts";
import type { Cast } from "./roles.ts";

export interface NamedModel {
	/** null: the first free one of its family. */
	readonly role: string | null;
	/** Id, path or address. */
	readonly id: string;
}

/** "vit-tiny,resnet=./model.onnx" */
export function parseNamedModels(text: string): NamedModel[] {
	return text.split(",").map((item) => {
		const [, role = null, id = item] = /^(\w+)=(.+)$/.exec(item.trim()) ?? [];
		return { role, id: id.trim() };
	});
}

/** @throws SightlineError NOT_FOUND an unknown role, with near misses; BAD_INPUT two models in one role, or none for a model */
export function castNamed(
	{ id: report, roles }: Report,
	named: readonly NamedModel[],
	family: (id: string) => ModelResult["family"],
): Cast {
	const cast: Record<string, string | null> = Object.fromEntries(Object.keys(roles).map((role) => [role, null]));
	const put = (role: string, id: string) => {
		const taken = cast[role];
		if (taken === undefined) throw notFound(`role of ${report}`, role, Object.keys(roles));
		if (taken !== null) throw new SightlineError("BAD_INPUT", `${taken} and ${id} cannot both be ${role} of ${report}`);
		cast[role] = id;
	};
	// Those that say their role come first, wherever they stand.
	for (const { role, id } of named) if (role !== null) put(role, id);
	for (const { role, id } of named) if (role === null) put(freeRole(report, roles, cast, id, family(id)), id);
	return cast;
}

function freeRole(
	report: string,
	roles: Readonly<Record<string, Role>>,
	cast: Cast,
	id: string,
	family: ModelResult["family"],
): string {
	const fits = (wanted: Role["family"]) => wanted === "any" || wanted === family;
	const found = Object.keys(roles).find((role) => cast[role] === null && fits(roles[role]?.family ?? null));
	if (found !== undefined) return found;
	const free = Object.entries(roles).filter(([role]) => cast[role] === null);
	throw new SightlineError(
		"BAD_INPUT",
		`${report} has no role left for ${id}, ${familyWords[family]}, that it takes by itself`,
		{
			hint:
				free.length === 0
					? `It has ${Object.keys(roles).length} roles: ${Object.keys(roles).join(", ")}.`
					: `Name one, as ${free[0]?.[0]}=${id}: ${free.map(([role, { words }]) => `${role} (${words})`).join(", ")}.`,
		},
	);
}

const familyWords = { VIT: "a ViT", MIXER: "a Mixer", CNN: "a CNN", OTHER: "of no family that is known" } as const;
