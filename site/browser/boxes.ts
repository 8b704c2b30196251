/** A row of boxes to be ticked, for what a figure shows. */

export interface Box {
	readonly label: string;
	readonly checked: boolean;
}

/** @param onChange after it the boxes may be new ones: `focusBox` puts the keyboard back where it was */
export function boxes(
	legend: string,
	of: readonly Box[],
	onChange: (label: string, checked: boolean) => void,
): HTMLElement {
	const fieldset = document.createElement("fieldset");
	const title = document.createElement("legend");
	title.textContent = legend;
	fieldset.append(title);
	for (const { label, checked } of of) {
		const box = document.createElement("input");
		box.type = "checkbox";
		box.checked = checked;
		box.dataset.label = label;
		box.addEventListener("change", () => onChange(label, box.checked));
		const text = document.createElement("label");
		text.append(box, label);
		fieldset.append(text);
	}
	return fieldset;
}

export function focusBox(root: ParentNode | null, label: string): void {
	root?.querySelector<HTMLInputElement>(`input[data-label="${CSS.escape(label)}"]`)?.focus();
}
