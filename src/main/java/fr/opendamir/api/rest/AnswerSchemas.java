package fr.opendamir.api.rest;

import static fr.opendamir.api.rest.ContractSchemas.always;
import static fr.opendamir.api.rest.ContractSchemas.byName;
import static fr.opendamir.api.rest.ContractSchemas.count;
import static fr.opendamir.api.rest.ContractSchemas.flag;
import static fr.opendamir.api.rest.ContractSchemas.instant;
import static fr.opendamir.api.rest.ContractSchemas.list;
import static fr.opendamir.api.rest.ContractSchemas.number;
import static fr.opendamir.api.rest.ContractSchemas.object;
import static fr.opendamir.api.rest.ContractSchemas.oneOf;
import static fr.opendamir.api.rest.ContractSchemas.orNull;
import static fr.opendamir.api.rest.ContractSchemas.ref;
import static fr.opendamir.api.rest.ContractSchemas.sometimes;
import static fr.opendamir.api.rest.ContractSchemas.text;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;

/**
 * The shape of what the JSON format writes: nothing reads it from the code, for an answer is
 * written member by member. The columns of a row are those of the catalog.
 */
final class AnswerSchemas {
  static final String ANSWER = "Answer";
  static final String DIFFERENCE = "DifferenceAnswer";
  static final String ROW = "AnswerRow";
  static final String JSON_ANSWER = "JsonAnswer";
  static final String DRY_RUN = "DryRun";
  static final String QUESTION = "PostedQuestion";

  private final Catalog catalog;
  private final Map<String, Schema> schemas = new LinkedHashMap<>();

  private AnswerSchemas(Catalog catalog) {
    this.catalog = catalog;
  }

  /** The schemas by name. */
  static Map<String, Schema> of(Catalog catalog) {
    return new AnswerSchemas(catalog).build();
  }

  private Map<String, Schema> build() {
    schemas.put(ANSWER, answer());
    schemas.put(DIFFERENCE, difference());
    schemas.put(ROW, row());
    schemas.put(
        JSON_ANSWER,
        OASFactory.createSchema()
            .description("What a question is answered: figures, or what they would take")
            .addOneOf(ref(ANSWER))
            .addOneOf(ref(DRY_RUN)));
    schemas.put(DRY_RUN, dryRun());
    schemas.put("DryRunSource", dryRunSource());
    schemas.put("Page", page());
    schemas.put("AskedQuestion", question());
    schemas.put("ReleaseSummary", release());
    schemas.put("ComparedReleases", comparedReleases());
    schemas.put("AnswerDisclosure", disclosure());
    schemas.put("AnswerLinks", links());
    return schemas;
  }

  private static Schema answer() {
    Schema answer = object("Rows and what a reader needs to know of them");
    addTable(answer);
    always(answer, "release", ref("ReleaseSummary"));
    addRest(answer);
    return answer;
  }

  private static Schema difference() {
    Schema answer = object("What changed from one release to another");
    addTable(answer);
    always(answer, "difference", ref("ComparedReleases"));
    addRest(answer);
    return answer;
  }

  private static void addTable(Schema answer) {
    always(answer, "data", list("The rows of this page", ref(ROW)));
    always(answer, "page", ref("Page"));
    always(answer, "query", ref("AskedQuestion"));
  }

  private static void addRest(Schema answer) {
    always(answer, "disclosure", ref("AnswerDisclosure"));
    always(answer, "warnings", list("What must be known to read the figures", text("A sentence")));
    always(answer, "units", byName("By measure: EUR, acts, …", text("A unit")));
    always(answer, "attribution", ref("Attribution"));
    always(answer, "links", ref("AnswerLinks"));
  }

  /** Which columns a row has depends on the question; {@code status} is always there. */
  private Schema row() {
    Schema row =
        object(
            "The grouped codes, their labels, the measures asked for: flat, the columns of the CSV");
    for (Level level : Level.values()) {
      String label = catalog.describe(level).label().in(Language.EN);
      sometimes(row, level.id(), text(label + ": code"));
      sometimes(row, level.id() + "_label", text(label + ": label"));
    }
    for (Measure measure : Measure.values()) {
      String label = catalog.describe(measure).label().in(Language.EN);
      String unit = catalog.describe(measure).unit();
      sometimes(row, measure.id(), orNull(number(label + " (" + unit + ")")));
    }
    always(
        row,
        "status",
        oneOf("suppressed: the figures are withheld, and null", List.of("ok", "suppressed")));
    return row;
  }

  /** What {@link DryRun} writes. */
  private static Schema dryRun() {
    Schema dryRun = object("What a question would take, in the place of its answer");
    always(dryRun, "dry_run", flag("True").addEnumeration(true));
    always(dryRun, "cached", flag("Whether the answer is kept, and free"));
    always(dryRun, "max_rows", count("Most rows of the page"));
    always(dryRun, "max_cells", count("Most cells of the page"));
    always(dryRun, "max_units", count("Most units it costs"));
    always(dryRun, "scanned_rows", count("Rows that would be scanned"));
    always(dryRun, "sources", list("Where they are", ref("DryRunSource")));
    always(dryRun, "release", text("The release that would be asked"));
    always(dryRun, "months", count("Months that would be summed"));
    Schema links = object("Addresses of the same service");
    always(links, "answer", text("The question, canonical"));
    always(links, "documentation", text("This contract"));
    always(dryRun, "links", links);
    return dryRun;
  }

  private static Schema dryRunSource() {
    Schema source = object("A table that would be scanned");
    always(source, "rollup", orNull(text("The rollup; null where it is the blocks themselves")));
    always(source, "imports", count("Imports whose rows are scanned there"));
    always(source, "rows", count("Rows scanned"));
    return source;
  }

  private static Schema page() {
    Schema page = object("Where this page lies in the answer");
    always(page, "limit", count("Most rows of a page"));
    always(page, "next_cursor", orNull(text("The cursor of the next page; null after the last")));
    always(page, "has_more", flag("Whether rows follow"));
    always(page, "total", count("Rows of all pages"));
    return page;
  }

  private static Schema question() {
    Schema question =
        object("The question as it was understood, defaults spelled out; can be posted as it is");
    always(question, "group_by", list("Grouping", text("A dimension or level")));
    always(question, "measures", list("Measures", text("A measure")));
    always(
        question,
        "month",
        orNull(list("Periods kept, ! excludes; null: all", text("a month or a range"))));
    sometimes(question, "last", count("At most this many months, the newest"));
    always(question, "filters", byName("By level: codes", list("! excludes", text("A code"))));
    always(question, "months", list("The months summed", text("YYYY-MM")));
    sometimes(question, "having", list("Conditions", text("measure:operator:value")));
    sometimes(question, "sort", list("Order", text("A column, - before it for descending")));
    sometimes(question, "totals", oneOf("Rows of totals", List.of("grand", "rollup")));
    always(question, "labels", oneOf("Columns of codes", List.of("id", "name", "both")));
    always(question, "lang", oneOf("Language of labels", List.of("fr", "en")));
    always(question, "limit", count("Most rows of a page"));
    sometimes(question, "cursor", text("Where this page starts, if not with the first row"));
    sometimes(question, "release", text("The release that was asked for by its id"));
    return question;
  }

  private static Schema release() {
    Schema release = object("The release the figures come from");
    always(release, "id", text("Identifier"));
    always(release, "published_at", instant("When it was published"));
    always(release, "synthetic", flag("Whether figures are made up"));
    always(release, "months", list("Months it holds", text("YYYY-MM")));
    return release;
  }

  private static Schema comparedReleases() {
    Schema releases = object("The two releases");
    always(releases, "from", ref("ReleaseSummary"));
    always(releases, "to", ref("ReleaseSummary"));
    return releases;
  }

  private static Schema disclosure() {
    Schema disclosure = object("How the figures are protected");
    always(disclosure, "policy", text("Identifier of the policy"));
    always(disclosure, "threshold", count("Least contributors of a block"));
    sometimes(
        disclosure,
        "not_disclosed",
        byName(
            "By grouped or filtered level: share (0 to 1) of the charged amount without a code;"
                + " not in differences",
            number("A share")));
    always(disclosure, "documentation", text("Where the policy is described"));
    return disclosure;
  }

  private static Schema links() {
    Schema links = object("Addresses of the same service");
    always(links, "self", text("The question, canonical"));
    always(links, "next", orNull(text("The next page; null after the last")));
    always(links, "csv", text("The same as CSV"));
    always(links, "documentation", text("This contract"));
    return links;
  }
}
