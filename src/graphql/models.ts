/** Models by name, opened once per operation and only when something inside them is asked for. */

import type { OpenModel } from "../data/modelFile.ts";
import { parseModelReference } from "../data/modelReference.ts";
import { checkPlace } from "./asker.ts";
import type { Context } from "./context.ts";
import type { ModelParent } from "./parents.ts";

/** Every model that can be named. */
export function allModels(context: Context): ModelParent[] {
	return context.services.models.map((entry) => ({ id: entry.id, entry, open: () => openModel(context, entry.id) }));
}

/** @throws SightlineError NOT_FOUND with near misses; for a path, whatever its file gives reason to */
export async function findModel(context: Context, id: string): Promise<ModelParent> {
	const known = allModels(context).find((model) => model.id === id);
	if (known !== undefined) return known;
	const open = await openModel(context, id);
	return { id, entry: null, open: async () => open };
}

/** @throws SightlineError NOT_FOUND; BAD_INPUT also for a path or an address that whoever asks may not give */
export function openModel(context: Context, id: string): Promise<OpenModel> {
	const known = context.opened.get(id);
	if (known !== undefined) return known;
	const opening = context.gatherer.prepare(openAllowed(context, id));
	context.opened.set(id, opening);
	return opening;
}

async function openAllowed({ services, asker }: Context, id: string): Promise<OpenModel> {
	const ids = services.models.map((entry) => entry.id);
	const { base } = parseModelReference(id);
	if (!ids.includes(base)) await checkPlace(asker, { kind: "model", given: base, known: ids, folder: services.folder });
	return services.openModel(id);
}
