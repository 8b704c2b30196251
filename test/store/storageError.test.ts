import { expect, test } from "vitest";
import { SightlineError } from "../../src/errors.ts";
import { onStorage } from "../../src/store/storageError.ts";

const failing = (code: string) => () =>
	Promise.reject(Object.assign(new Error(`${code}: as the system says`), { code }));

test.each([
	["ENOSPC", "cannot write a result in the store /data: the disk is full"],
	["EACCES", "cannot write a result in the store /data: permission is denied"],
	["EROFS", "cannot write a result in the store /data: the file system is read-only"],
	["ESTALE", "cannot write a result in the store /data: ESTALE: as the system says"],
])("%s is told in words", async (code, message) => {
	await expect(onStorage("write a result", "/data", failing(code))).rejects.toMatchObject({ code: "STORAGE", message });
});

test("an error of our own passes unchanged", async () => {
	const own = new SightlineError("BAD_INPUT", "no key");
	await expect(onStorage("read a result", "/data", () => Promise.reject(own))).rejects.toBe(own);
});
