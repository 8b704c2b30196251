/** Keys of entries: a hexadecimal digest, then parts that name something within it ("1f0c.../00003-64"). */
import { SightlineError } from "../errors.ts";

const keyPattern = /^[0-9a-f]{2,64}(?:\/[0-9A-Za-z][0-9A-Za-z._-]*)*$/;

/** The key itself. What does not look like one never becomes a path. */
export function checkedKey(key: string): string {
	if (!keyPattern.test(key)) {
		throw new SightlineError("BAD_INPUT", `"${key}" is no key of a store`, {
			hint: 'A key is a hexadecimal digest, then parts of letters, digits, ".", "_" and "-" after slashes.',
		});
	}
	return key;
}
