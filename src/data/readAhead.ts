/** Results in the order of their items, each begun while earlier ones are being used. */

/**
 * At most `ahead` are begun before their turn. Leaving the loop early leaves at most `ahead` unused; an error is told when
 * its turn comes.
 */
export async function* readAhead<Item, Result>(
	items: readonly Item[],
	read: (item: Item) => Promise<Result>,
	ahead: number,
): AsyncGenerator<{ readonly item: Item; readonly result: Result }> {
	/** Those begun and not yet used. */
	const reading: Promise<Result>[] = [];
	let begun = 0;
	for (const [index, item] of items.entries()) {
		for (; begun < Math.min(items.length, index + 1 + ahead); begun++) {
			const next = read(items[begun] as Item); // the loop ends before the last one
			next.catch(() => {}); // until its turn comes it is not unhandled
			reading.push(next);
		}
		yield { item, result: await (reading.shift() as Promise<Result>) }; // begun above
	}
}
