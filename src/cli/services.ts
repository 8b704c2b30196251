/**
 * Puts the program together: the store, the devices, the engine on both, and the API on the engine. Commands load this
 * file when they run, not when they are listed: GraphQL and the engine take half a second that --help does not need.
 */
import { templates } from "../../reports/index.ts";
import { readCatalogue } from "../data/catalogue.ts";
import { readCard } from "../data/modelCard.ts";
import { createEngine } from "../engine/createEngine.ts";
import { type DeviceChoice, openDevices } from "../engine/devices.ts";
import { executeQuery, type QueryRequest, type QueryResult } from "../graphql/execute.ts";
import type { Report as DescribedReport } from "../graphql/schema.generated.ts";
import type { Services } from "../graphql/services.ts";
import type { Report } from "../report/definition.ts";
import type { ModelEntry } from "../zoo/entry.ts";
import { createAdding } from "./adding.ts";
import { keptChecks } from "./keptChecks.ts";
import { openStore } from "./openStore.ts";
import { locator, locatorOf, openRemoteForOthers } from "./remote.ts";

export interface ServiceOptions {
	/** Folder of the store; default: SIGHTLINE_STORE, else in the user's cache folder. */
	readonly store?: string;
	readonly device: DeviceChoice;
	/** Models beside those that the working folder names. */
	readonly further?: readonly ModelEntry[];
	/** Adds what others ask for, fetched from these hosts; whatever else is fetched then comes from them too. */
	readonly addFrom?: readonly string[] | undefined;
}

export interface OpenServices extends Services {
	/** Answers a GraphQL request under the limits of the server; when the signal aborts, the passes it waits for stop. */
	execute(request: QueryRequest, signal: AbortSignal): Promise<QueryResult>;
	/** The same for requests of the program's own, whose size is not bounded. */
	executeOwn(request: QueryRequest, signal: AbortSignal): Promise<QueryResult>;
	/** Stops what runs; what was measured is kept. */
	close(): Promise<void>;
}

/** @throws SightlineError DEVICE_UNAVAILABLE what is missing and how to get it */
export async function openServices(options: ServiceOptions): Promise<OpenServices> {
	const { device: choice, further = [], addFrom } = options;
	const store = openStore(options.store);
	const checks = keptChecks(store);
	const folder = process.cwd();
	// Entries that others had added are fetched anew by the same rules, where they are no longer here.
	const remote = addFrom === undefined ? null : await openRemoteForOthers(store, addFrom);
	const locate = remote === null ? locator(store) : locatorOf(remote);
	const catalogue = await readCatalogue(folder, { locate, checks, further });
	const { openModel, openImageSet } = catalogue;
	const devices = await openDevices(choice);
	const engine = createEngine({ store, devices, openModel, openImageSet });
	const { provider, name, threads, runtimeVersion } = devices.first;
	const services: Services = {
		engine,
		store,
		models: catalogue.models,
		openModel,
		card: readCard,
		get imageSets() {
			return catalogue.imageSets;
		},
		openImageSet,
		folder,
		adding: remote === null ? null : createAdding({ folder, remote, checks, onAdded: catalogue.reload }),
		reports: () => templates.map(described),
		device: { provider, name, threads, runtime: `onnxruntime ${runtimeVersion}` },
	};
	// Not a copy, whose image sets would be those of now.
	return Object.assign(services, {
		execute: (request: QueryRequest, signal: AbortSignal) =>
			executeQuery(services, request, { signal, onInternalError: reportInternalError }),
		executeOwn: (request: QueryRequest, signal: AbortSignal) =>
			executeQuery(services, request, { signal, limited: false, onInternalError: reportInternalError }),
		close: () => engine.close(),
	});
}

/** A mistake of Sightline's own: its stack is what a report of it needs. */
export function reportInternalError(error: unknown): void {
	process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
}

function described({ id, title, summary, source, figures }: Report): DescribedReport {
	return {
		id,
		title,
		source: source?.citation ?? summary,
		figures: figures.map((figure) => ({
			id: figure.id,
			title: figure.title,
			query: figure.query,
			claims: figure.claims.map(({ sentence }) => sentence),
		})),
	};
}
