/** `sightline serve`: the report's site and the playground on this machine, at quick size first, then refined. */
import { mkdtemp, rm } from "node:fs/promises";
import { isIP } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Command, InvalidArgumentError } from "@commander-js/extra-typings";
import { reports } from "../../reports/index.ts";
import { publicHubHosts } from "../data/remote/networkPolicy.ts";
import { SightlineError } from "../errors.ts";
import type { RunningServer } from "../graphql/server.ts";
import { fullCount, quickCount } from "../report/counts.ts";
import { withFigures } from "../report/figureNumber.ts";
import { formatBytes } from "./bytes.ts";
import { onInterrupt } from "./interrupt.ts";
import { deviceOption, figuresOption, jsonOption, storeOption, wholeNumber } from "./options.ts";
import { showPasses } from "./progress.ts";
import { mostBytesOnRequest } from "./remote.ts";
import type { OpenServices } from "./services.ts";

export function serveCommand() {
	return new Command("serve")
		.summary("measure, build the site, serve it with the playground")
		.description(
			`Measures the first figures on ${quickCount} images, builds the site and serves it with a GraphQL playground on this machine;\n` +
				`then all others, and then refines every figure to ${fullCount} images, in the background, and the pages follow. Ctrl-C\n` +
				"ends it; what was measured is kept.",
		)
		.option("--host <address>", "address to listen on; 0.0.0.0 is every network this machine is on", "127.0.0.1")
		.option("--port <number>", "port; 0 takes any that is free", wholeNumber(0), 4000)
		.option("--quick <number>", "images for the first pages", wholeNumber(1), quickCount)
		.option("--count <number>", "images that the pages are refined to", wholeNumber(1), fullCount)
		.option(
			"--allow-add",
			"let clients add models and images to sightline.json, which it has no accounts to tell apart",
		)
		.option(
			"--allow-host <hosts...>",
			`hosts that models are then fetched from (default: ${publicHubHosts.join(", ")})`,
			hosts,
		)
		.addOption(figuresOption())
		.addOption(deviceOption())
		.addOption(storeOption())
		.addOption(jsonOption())
		.addHelpText(
			"after",
			`
Examples:
  sightline serve
  sightline serve --port 0 --count 512      any free port, no refinement
  sightline serve --allow-add               the mutation addModel fetches from the Hugging Face Hub, up to 4 GB a model`,
		)
		.action(async (options) => {
			const addFrom = hostsToAddFrom(options);
			const signal = onInterrupt();
			const { openServices, reportInternalError } = await import("./services.ts");
			const { publish } = await import("./publish.ts");
			const { startServer } = await import("../graphql/server.ts");
			const services = await openServices({ ...options, addFrom });
			const folder = await mkdtemp(join(tmpdir(), "sightline-site-"));
			const outDir = join(folder, "site");
			let site: string | undefined;
			let server: RunningServer | undefined;
			const chosen = options.figures === undefined ? reports : withFigures(reports, options.figures);
			const publishAt = (count: number, firstOnly = false) =>
				withProgress(services, async () => {
					const place = { outDir, playground: "server", siteUrl: null } as const;
					await publish(services, { reports: chosen, firstOnly, choices: { images: { count } }, ...place, signal });
					site = outDir;
				});
			try {
				// Listening comes first: a taken port is told before anything is measured, and the playground is there at once.
				const files = { playground: playgroundFolder, site: () => site };
				server = await startServer(services, { ...options, ...files, onInternalError: reportInternalError });
				const { url } = server;
				say(`The playground answers already: ${url}/playground/`);
				if (addFrom !== undefined) {
					const bound = formatBytes(mostBytesOnRequest);
					say(`Its clients may add models of at most ${bound}, from ${addFrom.join(", ")} alone.`);
				}
				await publishAt(options.quick, true);
				if (options.json)
					process.stdout.write(`${JSON.stringify({ site: `${url}/`, playground: `${url}/playground/` })}\n`);
				else process.stdout.write(`Site:       ${url}/\nPlayground: ${url}/playground/\n`);
				say("Measuring the other figures; open pages follow. Ctrl-C ends, and loses nothing.");
				await publishAt(options.quick);
				say(`Every figure rests on ${options.quick} images now.`);
				if (options.count > options.quick) {
					say(`Refining every figure to ${options.count} images.`);
					await publishAt(options.count);
					say(`Every figure rests on ${options.count} images now.`);
				}
				await aborted(signal);
				say("Ended.");
			} catch (error) {
				if (!signal.aborted) throw error;
				throw new SightlineError(
					"CANCELLED",
					`Ended before all was measured. What was measured is kept in ${services.store.place}.`,
					{
						hint: "The same command goes on from there.",
						cause: error,
					},
				);
			} finally {
				await server?.close();
				await services.close();
				await rm(folder, { recursive: true, force: true });
			}
		});
}

/** @returns hosts that models are fetched from; undefined where nothing is added */
function hostsToAddFrom({ allowAdd = false, allowHost }: Partial<Allowed>): readonly string[] | undefined {
	if (allowAdd) return allowHost ?? publicHubHosts;
	if (allowHost === undefined) return undefined;
	throw new SightlineError("BAD_INPUT", "--allow-host says where models may come from: give --allow-add too");
}

interface Allowed {
	readonly allowAdd: boolean;
	readonly allowHost: readonly string[];
}

function hosts(text: string, before: readonly string[] = []): readonly string[] {
	const host = text.toLowerCase();
	if (/^(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(host) && isIP(host) === 0) return [...before, host];
	throw new InvalidArgumentError('expected the name of a host, as example.org, or "*.example.org" for all below it.');
}

/** Built by `npm run build`; beside the compiled code, also when the sources run. */
const playgroundFolder = fileURLToPath(
	new URL(import.meta.url.endsWith(".ts") ? "../../dist/site/playground" : "../../site/playground", import.meta.url),
);

async function withProgress(services: OpenServices, work: () => Promise<void>): Promise<void> {
	const hidePasses = showPasses(services.engine);
	try {
		await work();
	} finally {
		hidePasses();
	}
}

function aborted(signal: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		if (signal.aborted) resolve();
		signal.addEventListener("abort", () => resolve());
	});
}

function say(line: string): void {
	process.stderr.write(`${line}\n`);
}
