/** Formulas as MathML, which browsers draw by themselves. */
import { type Html, html, raw } from "./html.ts";

/** Text is read as a formula: letters are names, digits numbers, all else signs. */
type Term = Html | string;

/** A row of terms: math`K = X ${sup("X", "T")}`. */
export function math(strings: TemplateStringsArray, ...terms: readonly Term[]): Html {
	return html`<mrow>${strings.flatMap((text, index) => [signs(text), index < terms.length ? inner(terms[index] ?? "") : ""])}</mrow>`;
}

/** A formula on a line of its own; where it is wider than the page, it is scrolled. */
export function formula(label: string, body: Term): Html {
	return html`<div class="formula" role="group" aria-label="${label}" tabindex="0"><math display="block">${inner(body)}</math></div>
`;
}

/** Within a sentence. */
export function inline(body: Term): Html {
	return html`<math>${inner(body)}</math>`;
}

export function frac(above: Term, below: Term): Html {
	return html`<mfrac>${one(above)}${one(below)}</mfrac>`;
}

export function sub(base: Term, index: Term): Html {
	return html`<msub>${one(base)}${one(index)}</msub>`;
}

export function sup(base: Term, exponent: Term): Html {
	return html`<msup>${one(base)}${one(exponent)}</msup>`;
}

export function subsup(base: Term, index: Term, exponent: Term): Html {
	return html`<msubsup>${one(base)}${one(index)}${one(exponent)}</msubsup>`;
}

export function root(body: Term): Html {
	return html`<msqrt>${inner(body)}</msqrt>`;
}

/** A sum over what stands below its sign. */
export function sum(below: Term): Html {
	return html`<munder><mo>∑</mo>${one(below)}</munder>`;
}

/** With a sign above it: a tilde, a hat, a bar. */
export function accent(base: Term, sign: "~" | "^" | "¯"): Html {
	return html`<mover accent="true">${one(base)}<mo stretchy="false">${sign}</mo></mover>`;
}

/** In brackets that grow with what they hold. */
export function fenced(open: "(" | "[" | "|" | "‖", body: Term, close: ")" | "]" | "|" | "‖"): Html {
	return html`<mrow><mo fence="true" stretchy="true">${open}</mo>${inner(body)}<mo fence="true" stretchy="true">${close}</mo></mrow>`;
}

/** Words between the signs. */
export function words(text: string): Html {
	return html`<mtext>${text}</mtext>`;
}

/** As one element, which is what stands below a bar or beside another. */
function one(term: Term): Html {
	return html`<mrow>${inner(term)}</mrow>`;
}

function inner(term: Term): Html {
	return typeof term === "string" ? signs(term) : term;
}

function signs(text: string): Html {
	const found = text.match(/[\p{L}′]+|[\d.]*\d|\S/gu) ?? [];
	return raw(found.map((sign) => element(sign).text).join(""));
}

function element(sign: string): Html {
	if (/^\p{L}/u.test(sign)) return html`<mi>${sign}</mi>`;
	return /\d$/.test(sign) ? html`<mn>${sign}</mn>` : html`<mo>${sign}</mo>`;
}
