/** Paths of files within a repository. They come from strangers and become paths on this disk. */

/** What makes a path one that is neither asked for nor written, as the rest of a sentence; undefined for a good one. */
export function pathProblem(path: string): string | undefined {
	if (path === "") return "is empty";
	if (path.length > 1024) return "is longer than 1024 characters";
	// Backslashes and colons lead elsewhere on Windows; control characters hide in listings.
	if (/[\p{Cc}\\:]/u.test(path)) return 'holds a backslash, a colon or a control character; parts are joined by "/"';
	const parts = path.split("/");
	if (parts.some((part) => part === "")) return "has an empty part";
	if (parts.some((part) => part === "." || part === "..")) return "leads out of its repository or through it";
	if (parts.some((part) => Buffer.byteLength(part) > 255)) return "has a part longer than 255 bytes";
	return undefined;
}

/** The path within a URL. */
export function encodePath(path: string): string {
	return path.split("/").map(encodeURIComponent).join("/");
}
