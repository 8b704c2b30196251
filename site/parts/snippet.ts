/** Text to be copied, with a button that a script brings to life. */
import { type Html, html } from "../html.ts";

/** @param label what it is, for the button and for screen readers */
export function snippet(label: string, text: string): Html {
	return html`<div class="snippet"><pre tabindex="0" aria-label="${label}"><code>${text}</code></pre><button type="button" class="copy" hidden>Copy</button></div>`;
}
