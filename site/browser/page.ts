/** What a page of the site does beyond its text: copy buttons, snippets with the true address, and following the store. */

/** Milliseconds between two looks at whether the site was built anew. */
const lookEvery = 3_000;

/** Not there in a report that is one file. */
const self = document.querySelector<HTMLScriptElement>("script[data-digest]");
const root = new URL(self?.dataset.root ?? "./", document.baseURI);

for (const section of document.querySelectorAll<HTMLElement>("[data-placeholder]")) {
	const placeholder = section.dataset.placeholder ?? "";
	for (const code of section.querySelectorAll("code"))
		code.textContent = (code.textContent ?? "").replaceAll(placeholder, root.href);
}

for (const button of document.querySelectorAll<HTMLButtonElement>("button.copy")) {
	const text = button.parentElement?.querySelector("code");
	const label = text?.parentElement?.getAttribute("aria-label") ?? "text";
	button.hidden = false;
	button.setAttribute("aria-label", `Copy: ${label}`);
	button.addEventListener("click", async () => {
		await navigator.clipboard.writeText(text?.textContent ?? "");
		button.textContent = "Copied";
		setTimeout(() => {
			button.textContent = "Copy";
		}, 2000);
	});
}

// A site that is served while measurements go on is built anew as they come in; a published one does not change.
if (self !== null && ["localhost", "127.0.0.1", "[::1]"].includes(location.hostname))
	setInterval(async () => {
		const digest = await builtDigest();
		// A page that is not there yet, as while the first figures alone are, would leave its reader with none that follows.
		if (digest !== null && digest !== self.dataset.digest && !document.hidden && (await isThere())) location.reload();
	}, lookEvery);

async function isThere(): Promise<boolean> {
	try {
		return (await fetch(location.href, { method: "HEAD", cache: "no-cache" })).ok;
	} catch {
		return false;
	}
}

async function builtDigest(): Promise<string | null> {
	try {
		const answer = await fetch(new URL("build.json", root), { cache: "no-cache" });
		return answer.ok ? ((await answer.json()) as { digest: string }).digest : null;
	} catch {
		return null;
	}
}
