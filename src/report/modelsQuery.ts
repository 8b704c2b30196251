/** Asks for what a report's page tells of each of its models. */
import type { Cast } from "./roles.ts";

const card = `fragment Card on Model {
	id
	title
	family
	digest
	parameters
	inputSize
	classes
	tokenGrid
	classToken
	pooling
	blocks {
		index
		stage
	}
	measured: accuracy(images: $images) {
		images
		top1 {
			value
			low
			high
		}
	}
	card {
		standsFor
	}
}
`;

/** A query whose result is one `ReportModelResult` a top-level field, each model once. */
export function modelsQuery(cast: Cast): string {
	const ids = [...new Set(Object.values(cast).filter((id) => id !== null))];
	const fields = ids.map((id, at) => `model${at}: model(id: ${JSON.stringify(id)}) { ...Card }`);
	return `query Models($images: ImagesInput!) { ${fields.join(" ")} }\n${card}`;
}
