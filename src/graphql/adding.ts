/** Adding to sightline.json on request: refused where the server was not started for it, and by who asks. */
import type { ImageSet } from "../data/imageSet.ts";
import { isAddress } from "../data/remote/address.ts";
import { SightlineError } from "../errors.ts";
import { checkInside } from "./asker.ts";
import type { Context } from "./context.ts";
import { openImageSet } from "./images.ts";
import { findModel } from "./models.ts";
import type { AddedModelParent } from "./parents.ts";
import type { MutationAddImagesArgs, MutationAddModelArgs } from "./schema.generated.ts";
import type { Adding } from "./services.ts";

/** @throws SightlineError BAD_INPUT where it is not allowed; otherwise what adding gives reason to */
export async function addModel(
	context: Context,
	{ model, id, title, labels }: MutationAddModelArgs,
): Promise<AddedModelParent> {
	const adding = allowed(context);
	if (!isAddress(model)) await checkPath(context, model);
	const given = { model, id: id ?? undefined, title: title ?? undefined, labels: labels ?? undefined };
	const added = await adding.addModel(given, context.signal);
	context.opened.delete(added.id);
	return { notes: added.notes, model: await findModel(context, added.id) };
}

/** @throws SightlineError BAD_INPUT where it is not allowed; otherwise what adding gives reason to */
export async function addImages(
	context: Context,
	{ path, id, title, labels, upright, strict }: MutationAddImagesArgs,
): Promise<ImageSet> {
	const adding = allowed(context);
	await checkPath(context, path);
	const given = { path, id: id ?? undefined, title: title ?? undefined, labels: labels ?? undefined, upright, strict };
	const { entry } = await adding.addImages(given);
	context.imageSets.delete(entry.id);
	return openImageSet(context, entry.id);
}

function allowed({ services }: Context): Adding {
	if (services.adding !== null) return services.adding;
	throw new SightlineError("BAD_INPUT", "nothing is added here", {
		hint: "Start the server with sightline serve --allow-add, or use sightline add and sightline add-images.",
	});
}

async function checkPath({ asker, services }: Context, path: string): Promise<void> {
	if (asker !== "network") return checkInside(services.folder, path);
	throw new SightlineError("BAD_INPUT", "paths are added for clients on the server's own machine alone", {
		hint: "Give the address of a model, as hf:owner/name, or run sightline add or add-images on that machine.",
	});
}
