/** Puts the program together: the store, the devices, the engine on both, and what the API stands on. */
import { reports } from "../../reports/index.ts";
import { imageSets } from "../data/imageSets.ts";
import { readCard } from "../data/modelCard.ts";
import { openModel } from "../data/modelFile.ts";
import { createEngine } from "../engine/createEngine.ts";
import { type DeviceChoice, openDevices } from "../engine/devices.ts";
import type { Report as DescribedReport } from "../graphql/schema.generated.ts";
import type { Services } from "../graphql/services.ts";
import type { Report } from "../report/definition.ts";
import { zoo } from "../zoo/zoo.ts";
import { openStore } from "./openStore.ts";

export interface ServiceOptions {
	/** Folder of the store; default: SIGHTLINE_STORE, else in the user's cache folder. */
	readonly store?: string;
	readonly device: DeviceChoice;
}

export interface OpenServices extends Services {
	/** Stops what runs; what was measured is kept. */
	close(): Promise<void>;
}

/** @throws SightlineError DEVICE_UNAVAILABLE what is missing and how to get it */
export async function openServices({ store: place, device: choice }: ServiceOptions): Promise<OpenServices> {
	const store = openStore(place);
	const devices = await openDevices(choice);
	const engine = createEngine({ store, devices, openModel });
	const { provider, name, threads, runtimeVersion } = devices.first;
	return {
		engine,
		store,
		models: zoo,
		openModel,
		card: readCard,
		imageSets,
		reports: () => reports.map(described),
		device: { provider, name, threads, runtime: `onnxruntime ${runtimeVersion}` },
		close: () => engine.close(),
	};
}

function described({ id, title, source, figures }: Report): DescribedReport {
	return {
		id,
		title,
		source: source.citation,
		figures: figures.map((figure) => ({
			id: figure.id,
			title: figure.title,
			query: figure.query,
			claims: figure.claims.map(({ sentence }) => sentence),
		})),
	};
}
