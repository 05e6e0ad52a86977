package fr.opendamir.api.discovery;

import fr.opendamir.api.http.PublicAddress;
import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.LevelDescription;
import fr.opendamir.catalog.Measure;
import fr.opendamir.catalog.MeasureDescription;
import fr.opendamir.query.Release;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;

/**
 * A guide to the service in the form of <a href="https://llmstxt.org">llms.txt</a>: what a language
 * model must know to ask a first question, and links to everything else. English only.
 */
record AgentGuide(Catalog catalog, PublicAddress address, Interfaces interfaces) {
  private static final String HEAD =
      """
      # Open DAMIR API

      > France's health-insurance spending (Open DAMIR, Caisse nationale de l'Assurance Maladie), month by month, as an HTTP API:
      > anonymised aggregates that are exact to the cent. Reading is free and needs no key.

      %s

      Ask for figures with one request:

          %s

      - `group_by` takes up to six dimensions, `measures` any measures, and each dimension is a filter (`region=11,84`,
        `month=2024-01..2024-12`). The data are by month of processing, not of care.
      - JSON has 100 rows unless `limit` says more (`page.has_more`); `format=csv` is complete. `lang=en` gives English labels.
      - Codes are text. Find them with `/v1/dimensions/service/codes?search=dentist`, in French or in English.
      - The code `ND` means *not disclosed*: its figures are in every total, but not in that detail. The status `suppressed`
        hides small cells; they are no zeros.
      - Read `warnings` before you interpret figures, and name the source that `attribution` gives.
      - An answer with status 4xx says in `errors` what would work. `dry_run=true` tells the price and the size of an answer.
      %s
      ## Interfaces

      """;

  private static final String AGENTS =
      """
      - With the Model Context Protocol, connect to `%s` (streamable HTTP): the tools `describe_data`, `find_codes`, `spending`
        and `explain` answer the same questions, with caveats and a citation.
      """;

  /**
   * Writes the guide.
   *
   * @param release the newest release; empty if nothing is published
   */
  byte[] markdown(Optional<Release> release) {
    StringBuilder text =
        new StringBuilder(
            HEAD.formatted(
                data(release),
                address.of("/v1/aggregates?group_by=region&measures=charged,reimbursed&lang=en"),
                interfaces.hasAgents() ? AGENTS.formatted(address.of(Interfaces.AGENTS)) : ""));
    for (Interfaces.Door door : interfaces.all()) {
      door.targets().stream()
          .filter(target -> !target.path().equals(Interfaces.GUIDE))
          .forEach(target -> link(text, target.title(), target.path(), "of `" + door.path() + "`"));
    }
    link(text, "Files", "/v1/releases/latest/files", "the whole data set as Parquet files");
    link(text, "Limits", "/v1/limits", "what a caller may ask, and what is left of it");
    text.append("\n## Dimensions and levels\n\n");
    for (Level level : Level.values()) {
      LevelDescription described = catalog.describe(level);
      link(
          text,
          level.id(),
          "/v1/dimensions/" + level.id() + "/codes?lang=en",
          described.label().in(Language.EN) + ". " + described.description().in(Language.EN));
    }
    text.append("\n## Measures\n\n");
    for (Measure measure : Measure.values()) {
      MeasureDescription described = catalog.describe(measure);
      link(
          text,
          measure.id(),
          "/v1/measures/" + measure.id() + "?lang=en",
          "%s (%s). %s"
              .formatted(
                  described.label().in(Language.EN),
                  described.unit(),
                  described.description().in(Language.EN)));
    }
    text.append("\n## Optional\n\n");
    link(
        text,
        "Methodology",
        "/v1/disclosure/methodology",
        "how figures are protected, in French and in English");
    link(text, "Disclosure", "/v1/disclosure?lang=en", "the policy and what it costs in detail");
    link(text, "Recipes", "/v1/recipes?lang=en", "questions, and the requests that answer them");
    link(text, "References", "/v1/references?lang=en", "populations that rates are divided by");
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String data(Optional<Release> release) {
    if (release.isEmpty()) {
      return "Nothing is published yet.";
    }
    List<YearMonth> months = release.get().monthList();
    String text =
        "Release %s holds %d months, from %s to %s."
            .formatted(
                release.get().id(), months.size(), months.get(0), months.get(months.size() - 1));
    return release.get().isSynthetic()
        ? text + " **The data are synthetic: no figure is real. Do not cite them.**"
        : text;
  }

  private void link(StringBuilder text, String name, String path, String description) {
    text.append("- [%s](%s): %s\n".formatted(name, address.of(path), description));
  }
}
