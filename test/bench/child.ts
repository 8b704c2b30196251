/** One measurement in a process of its own, so that memory and caches are its own: prints its result as JSON. */
import { measureAllPairs, writeRecords } from "./allPairs.ts";
import { measureCachedReport } from "./cachedReport.ts";
import { measureFirstAnswer } from "./firstAnswer.ts";
import { measureHeatMap } from "./heatMap.ts";
import { measureMetrics } from "./metrics.ts";
import { allQuestions, questions } from "./questions.ts";
import { measureRates } from "./rates.ts";
import { measureReceptiveFields } from "./receptiveFields.ts";
import { subjects } from "./subjects.ts";

/** What the task is about: a subject's id, or a folder. */
const [task = "", id = ""] = process.argv.slice(2);
process.stdout.write(JSON.stringify(await run()));

async function run(): Promise<unknown> {
	if (task === "cachedReport") return measureCachedReport();
	if (task === "heatMap") return measureHeatMap();
	if (task === "writeRecords") return writeRecords(id);
	if (task === "allPairs") return measureAllPairs(id);
	const subject = subjects.find((one) => one.id === id);
	if (subject === undefined) throw new Error(`no subject "${id}"`);
	if (task === "firstAnswer") return measureFirstAnswer(subject);
	const open = await subject.open();
	if (task === "receptiveFields") return measureReceptiveFields(open);
	const { batchSize } = subject;
	if (task === "rates") return measureRates(open, questions(open, batchSize, batchSize));
	return measureMetrics(open, allQuestions(open, batchSize, batchSize));
}
