/** Files that are not there: not here, offline, or not in their repository. */
import { nearMisses, notFound, SightlineError } from "../../errors.ts";
import type { RepositoryListing } from "./hubListing.ts";

/** @param missing the file, or what else is not here */
export function notKept(what: string, missing: string): SightlineError {
	return new SightlineError(
		"NOT_FOUND",
		`${what}: ${missing} was not fetched before, and the network is not to be used`,
		{
			hint: "Unset HF_HUB_OFFLINE, or ask for it once where there is a network and take the store along.",
		},
	);
}

/** A file of the same name in another folder is the likeliest slip: ONNX models often stand in "onnx". */
export function noSuchFile(repository: string, path: string, { files }: RepositoryListing): SightlineError {
	const paths = files.map((file) => file.path);
	const nameOf = (whole: string) => whole.slice(whole.lastIndexOf("/") + 1);
	const elsewhere = paths.filter((choice) => nameOf(choice) === nameOf(path)).slice(0, 3);
	if (elsewhere.length === 0 || nearMisses(path, paths).length > 0) {
		return notFound(`file in ${repository}`, path, paths);
	}
	return new SightlineError("NOT_FOUND", `no file in ${repository} "${path}"`, {
		hint: `Did you mean ${elsewhere.join(" or ")}?`,
	});
}
