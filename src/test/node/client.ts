// A strict client of the contract: it is compiled, with the types that openapi-typescript makes.
import type { components, paths } from "./contract";

type Aggregates = paths["/v1/aggregates"]["get"];
type Query = NonNullable<Aggregates["parameters"]["query"]>;
type Answers = Aggregates["responses"][200]["content"];
type Posted = paths["/v1/aggregates/query"]["post"]["requestBody"]["content"]["application/json"];
type Differences = NonNullable<
  paths["/v1/releases/{base}/diff/{compared}"]["get"]["parameters"]["query"]
>;
type Codes = paths["/v1/dimensions/{id}/codes"]["get"]["responses"][200]["content"]["application/json"];

/** Lists with commas between their values, as the contract says. */
function address(query: Query): string {
  const pairs = Object.entries(query).map(
    ([name, value]) => `${name}=${encodeURIComponent(String(value))}`,
  );
  return `/v1/aggregates?${pairs.join("&")}`;
}

export const page = address({ limit: 100, region: ["11"] });
export const everyRow = address({ limit: "all", format: "csv", lang: "en" });
export const all: Query = {
  group_by: ["month", "region"],
  measures: ["charged", "reimbursed", "FLT_REM_MNT"],
  month: ["2024-01..2024-12"],
  last: 12,
  sort: ["-reimbursed", "region"],
  having: ["reimbursed:ge:1000000"],
  totals: "rollup",
  labels: "both",
  lang: "fr",
  dry_run: false,
};
export const posted: Posted = { group_by: ["region"], region: ["11", "84"], limit: 20, dry_run: true };
export const difference: Differences = { group_by: ["region"], limit: 100 };

export function sum(answer: Answers["application/json"]): number {
  if ("class" in answer) {
    return answer.size.length;
  }
  if ("dry_run" in answer) {
    return answer.max_rows + answer.sources.reduce((rows, source) => rows + source.rows, 0);
  }
  const next: string | null = answer.page.next_cursor;
  return answer.data.reduce((total, row) => total + (row.charged ?? 0), next === null ? 0 : 1);
}

export function sizes(dataset: Answers["application/vnd.json-stat+json"]): number[] {
  return dataset.size;
}

export function labels(codes: Codes): string[] {
  return codes.data.map((code: components["schemas"]["Code"]) => code.label);
}

// @ts-expect-error a limit is a number or all
export const aLimitAsText: Query = { limit: "100" };
// @ts-expect-error nothing else
export const anotherLimit: Query = { limit: "none" };
// @ts-expect-error all is not for differences
export const allDifferences: Differences = { limit: "all" };
// @ts-expect-error lists are lists
export const aListAsText: Query = { region: "11" };
// @ts-expect-error codes are texts
export const codesAsNumbers: Query = { region: [11] };
// @ts-expect-error months are counted
export const monthsAsText: Query = { last: "12" };
// @ts-expect-error there is no such dimension
export const anUnknownDimension: Query = { group_by: ["department"] };
// @ts-expect-error there is no such measure
export const anUnknownMeasure: Query = { measures: ["profit"] };
// @ts-expect-error there is no such format
export const anUnknownFormat: Query = { format: "docx" };
// @ts-expect-error true or false
export const aFlagAsText: Query = { dry_run: "true" };
// @ts-expect-error there is no such parameter
export const anUnknownParameter: Query = { departement: ["75"] };
// @ts-expect-error nor such a member
export const anUnknownMember: Posted = { departement: ["75"] };
// @ts-expect-error lists are lists in bodies too
export const aPostedText: Posted = { group_by: "region" };
