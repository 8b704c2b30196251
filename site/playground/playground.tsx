/**
 * The playground: GraphiQL on this server's API, with an example in each tab; on a site without a server, on the published
 * answers to the queries of its figures.
 */
import "./playground.css";
import { createGraphiQLFetcher, type Fetcher } from "@graphiql/toolkit";
import { GraphiQL } from "graphiql";
import { createClient } from "graphql-sse";
import { createRoot } from "react-dom/client";
import { type Published, type PublishedAnswer, publishedAnswers } from "../publishedAnswers.ts";
import { examples } from "./examples.ts";

Object.assign(globalThis, {
	MonacoEnvironment: {
		getWorker: (_id: string, language: string) =>
			new Worker(address(`${language === "json" || language === "graphql" ? language : "editor"}.worker.js`)),
	},
});

const place = document.querySelector<HTMLElement>("#playground") as HTMLElement; // stands in index.html

/** Queries as plain requests, subscriptions as server-sent events. */
function askServer(): Fetcher {
	const query = createGraphiQLFetcher({ url: address("../graphql") });
	const stream = createClient({ url: address("../graphql/stream"), retryAttempts: 2 });
	return (params, options) => (isSubscription(params, options) ? stream.iterate(params) : query(params, options));
}

const isSubscription: (...given: Parameters<Fetcher>) => boolean = ({ operationName }, options) =>
	options?.documentAST?.definitions.some(
		(node) =>
			node.kind === "OperationDefinition" &&
			node.operation === "subscription" &&
			(operationName == null || node.name?.value === operationName),
	) ?? false;

/** Relative to the page, so that the playground works under any prefix. */
function address(path: string): string {
	return new URL(path, document.baseURI).href;
}

/** An answer as JSON, packed or, where the host has unpacked it on the way, plain. */
async function readAnswer(path: string): Promise<PublishedAnswer> {
	const answer = await fetch(address(path));
	if (!answer.ok) throw new Error(`${path} could not be read: ${answer.status} ${answer.statusText}`);
	const blob = await answer.blob();
	const [first, second] = new Uint8Array(await blob.slice(0, 2).arrayBuffer());
	const isPacked = first === 0x1f && second === 0x8b;
	const stream = isPacked ? blob.stream().pipeThrough(new DecompressionStream("gzip")) : blob.stream();
	return new Response(stream).json();
}

/** The tabs at first, and who answers. */
async function start(): Promise<{ tabs: { query: string; variables?: string }[]; fetcher: Fetcher }> {
	const file = place.dataset.published;
	if (file === undefined) return { tabs: examples.map((query) => ({ query })), fetcher: askServer() };
	const published: Published = await (await fetch(address(file))).json();
	const answer = publishedAnswers(published, readAnswer);
	return {
		tabs: published.queries.slice(0, 3).map(({ query, variables }) => ({ query, variables: asJson(variables) })),
		// What GraphiQL hands over and takes is what the interface says, in types of its own.
		fetcher: ((params) => answer(params)) as Fetcher,
	};
}

function asJson(value: unknown): string {
	return JSON.stringify(value, null, 2);
}

/** A query that a link brings along, behind "#" so that no server has to read it. */
const asked = new URLSearchParams(location.hash.slice(1));
const query = asked.get("query");
const variables = asJson(JSON.parse(asked.get("variables") ?? "{}"));

start().then(
	({ tabs, fetcher }) =>
		createRoot(place).render(
			<GraphiQL
				fetcher={fetcher}
				defaultTabs={query === null ? tabs : [{ query, variables }, ...tabs]}
				{...(query === null ? {} : { initialQuery: query, initialVariables: variables })}
				isHeadersEditorEnabled={false}
			>
				<GraphiQL.Logo>
					<h1 className="playground-title">
						<a href="../">Sightline</a>
					</h1>
				</GraphiQL.Logo>
			</GraphiQL>,
		),
	(error) => {
		place.textContent = `The playground cannot start: ${error}`;
	},
);
