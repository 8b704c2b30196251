/** What the resolvers of one operation share. Never outlives it. */
import type { ImageSet } from "../data/imageSet.ts";
import type { OpenModel } from "../data/modelFile.ts";
import type { Answer } from "./answer.ts";
import type { Asker } from "./asker.ts";
import { createGatherer, type Gatherer } from "./gather.ts";
import { limits } from "./limits.ts";
import type { Services } from "./services.ts";

export interface Context {
	readonly services: Services;
	readonly gatherer: Gatherer;
	/** Answers given or on their way, by key. */
	readonly answers: Map<string, Promise<Answer<unknown>>>;
	/** Models opened or being opened, by id or path. */
	readonly opened: Map<string, Promise<OpenModel>>;
	/** Image sets opened or being opened, by id or path. */
	readonly imageSets: Map<string, Promise<ImageSet>>;
	readonly asker: Asker;
	/** Aborts when nobody waits for the answer any more. */
	readonly signal: AbortSignal;
}

export interface ContextOptions {
	readonly asker: Asker;
	/** Aborts when nobody waits for the answer any more. */
	readonly signal: AbortSignal;
}

export function createContext(services: Services, { asker, signal }: ContextOptions): Context {
	return {
		services,
		gatherer: createGatherer(services.engine, { signal, maxImages: limits.imagesPerOperation }),
		answers: new Map(),
		opened: new Map(),
		imageSets: new Map(),
		asker,
		signal,
	};
}
