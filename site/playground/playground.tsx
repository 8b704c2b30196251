/** The playground: GraphiQL on this server's API, with an example in each tab. */
import "./playground.css";
import { createGraphiQLFetcher, type Fetcher } from "@graphiql/toolkit";
import { GraphiQL } from "graphiql";
import { createClient } from "graphql-sse";
import { createRoot } from "react-dom/client";
import { examples } from "./examples.ts";

Object.assign(globalThis, {
	MonacoEnvironment: {
		getWorker: (_id: string, language: string) =>
			new Worker(address(`${language === "json" || language === "graphql" ? language : "editor"}.worker.js`)),
	},
});

const query = createGraphiQLFetcher({ url: address("../graphql") });
const stream = createClient({ url: address("../graphql/stream"), retryAttempts: 2 });

/** Queries as plain requests, subscriptions as server-sent events. */
const fetcher: Fetcher = (params, options) =>
	isSubscription(params, options) ? stream.iterate(params) : query(params, options);

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

createRoot(document.querySelector("#playground") as Element) // stands in index.html
	.render(
		<GraphiQL
			fetcher={fetcher}
			defaultTabs={examples.map((example) => ({ query: example }))}
			isHeadersEditorEnabled={false}
		>
			<GraphiQL.Logo>
				<h1 className="playground-title">
					<a href="../">Sightline</a>
				</h1>
			</GraphiQL.Logo>
		</GraphiQL>,
	);
