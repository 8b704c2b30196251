/** Reads the card of an embedded model. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type ModelCard, parseCard } from "../zoo/card.ts";
import { zoo } from "../zoo/zoo.ts";
import { weightsFolder } from "./modelFile.ts";

/** null for a model that is not of the zoo, or was not trained yet. */
export async function readCard(id: string, folder: string = weightsFolder): Promise<ModelCard | null> {
	if (!zoo.some((entry) => entry.id === id)) return null;
	const file = join(folder, `${id}.card.json`);
	if (!existsSync(file)) return null;
	return parseCard(JSON.parse(await readFile(file, "utf8")), file);
}
