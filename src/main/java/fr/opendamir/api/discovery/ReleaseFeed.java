package fr.opendamir.api.discovery;

import fr.opendamir.api.http.Attribution;
import fr.opendamir.api.http.PublicAddress;
import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.Language;
import fr.opendamir.query.Release;
import fr.opendamir.query.ReleaseChanges;
import fr.opendamir.query.ReleaseFile;
import fr.opendamir.query.ReleaseFiles;
import fr.opendamir.query.ReleaseMonth;
import fr.opendamir.query.WithdrawnRelease;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The releases as an Atom feed (RFC 4287): for each, which months were added, revised and
 * withdrawn, with links to the release, to its difference to the one before, and to its files.
 *
 * @param hasFiles whether the service keeps files
 */
record ReleaseFeed(PublicAddress address, Language language, boolean hasFiles) {
  static final String PATH = "/v1/releases.atom";
  private static final String RELEASES = "/v1/releases";
  static final String MEDIA_TYPE = "application/atom+xml;charset=UTF-8";

  /** Entries of a feed; older releases are in {@code /v1/releases}. */
  static final int MOST_ENTRIES = 50;

  private static final Label TITLE =
      new Label("Open DAMIR API : versions publiées", "Open DAMIR API: releases");
  private static final Label SUBTITLE =
      new Label(
          "Mois ajoutés, révisés et retirés des agrégats anonymisés d'Open DAMIR",
          "Months that were added to, revised in and withdrawn from the anonymised aggregates of"
              + " Open DAMIR");
  private static final Label RELEASE = new Label("Version %s", "Release %s");
  private static final Label OLDEST =
      new Label(
          "La plus ancienne version servie : %d mois, de %s à %s",
          "The oldest release that is served: %d months, from %s to %s");
  private static final Label ADDED = new Label("Mois ajoutés", "Months added");
  private static final Label REVISED = new Label("Mois révisés", "Months revised");
  private static final Label WITHDRAWN = new Label("Mois retirés", "Months withdrawn");
  private static final Label REFERENCES = new Label("Tables de référence", "Reference tables");
  private static final Label NO_CHANGE =
      new Label("Les mêmes mois qu'avant", "The same months as before");
  private static final Label SYNTHETIC =
      new Label(
          "Données synthétiques : aucun chiffre n'est réel", "Synthetic data: no figure is real");
  private static final Label DIFFERENCE =
      new Label("Ce qui a changé depuis la version %s", "What changed since release %s");
  private static final Label WITHDRAWN_RELEASE =
      new Label("Version %s retirée", "Release %s withdrawn");
  private static final Label GONE =
      new Label(
          "Cette version n'est plus servie : ses chiffres et ses fichiers ne sont plus à"
              + " réutiliser.",
          "This release is served no more: its figures and files should not be reused.");
  private static final Label ITS_MONTHS =
      new Label("Elle avait %d mois, de %s à %s", "It had %d months, from %s to %s");
  private static final Label SERVED = new Label("Les versions servies", "Releases that are served");
  private static final Label FILES = new Label("Fichiers de la version %s", "Files of release %s");

  /**
   * Writes the feed. The entry of a withdrawn release has the identifier of the one that announced
   * the release, so that readers replace it.
   *
   * @param releases newest first, at least one
   * @param gone releases that are served no more, the last one withdrawn first
   */
  byte[] xml(List<Release> releases, List<WithdrawnRelease> gone) {
    Release newest = releases.get(0);
    Instant updated =
        gone.isEmpty() || newest.publishedAt().isAfter(gone.get(0).withdrawnAt())
            ? newest.publishedAt()
            : gone.get(0).withdrawnAt();
    XmlDocument feed =
        new XmlDocument("feed", "http://www.w3.org/2005/Atom", Map.of("xml:lang", language.id()));
    feed.text("id", id("releases", address.of(PATH)))
        .text("title", TITLE.in(language))
        .text("subtitle", SUBTITLE.in(language))
        .text("updated", updated.toString())
        .element("author", () -> feed.text("name", "Open DAMIR API"))
        .text("rights", rights(newest));
    link(feed, "self", PATH + "?lang=" + language.id(), MEDIA_TYPE, TITLE.in(language));
    link(feed, "alternate", "/", "text/html", "Open DAMIR API");
    Stream.concat(
            ReleaseChanges.of(releases).stream()
                .map(
                    changes ->
                        new Entry(changes.to().publishedAt(), () -> writeEntry(feed, changes))),
            gone.stream()
                .map(release -> new Entry(release.withdrawnAt(), () -> writeEntry(feed, release))))
        .sorted(Comparator.comparing(Entry::updated).reversed()) // stable
        .limit(MOST_ENTRIES)
        .forEach(entry -> feed.element("entry", entry.content()));
    return feed.end();
  }

  /** An entry that is to be written. */
  private record Entry(Instant updated, Runnable content) {}

  private String rights(Release newest) {
    Attribution attribution = Attribution.of(newest, language);
    return attribution.source() + ". " + attribution.licence();
  }

  private void writeEntry(XmlDocument feed, ReleaseChanges changes) {
    Release release = changes.to();
    String path = RELEASES + "/" + release.id();
    String title = RELEASE.in(language).formatted(release.id());
    writeHead(feed, title, release.id(), release.publishedAt(), release.publishedAt());
    categories(changes)
        .forEach((term, label) -> feed.empty("category", ordered("term", term, "label", label)));
    link(feed, "alternate", path, "application/json", title);
    changes
        .from()
        .ifPresent(
            from ->
                link(
                    feed,
                    "related",
                    RELEASES + "/" + from.id() + "/diff/" + release.id(),
                    "application/json",
                    DIFFERENCE.in(language).formatted(from.id())));
    if (hasFiles) {
      link(
          feed,
          "related",
          path + "/files",
          "application/json",
          FILES.in(language).formatted(release.id()));
      changedFiles(changes).forEach(file -> enclose(feed, path + "/files/", file));
    }
    feed.text("summary", summary(changes));
  }

  private void writeEntry(XmlDocument feed, WithdrawnRelease release) {
    String title = WITHDRAWN_RELEASE.in(language).formatted(release.id());
    writeHead(feed, title, release.id(), release.publishedAt(), release.withdrawnAt());
    feed.empty("category", ordered("term", "withdrawn", "label", title));
    link(feed, "alternate", RELEASES, "application/json", SERVED.in(language));
    feed.text(
        "summary",
        GONE.in(language)
            + (release.months().isEmpty() ? "" : " " + span(ITS_MONTHS, release.months()) + "."));
  }

  private static void writeHead(
      XmlDocument feed, String title, String release, Instant published, Instant updated) {
    feed.text("id", id("release", release, published.toString()))
        .text("title", title)
        .text("published", published.toString())
        .text("updated", updated.toString());
  }

  /** The kinds of changes, for readers that filter: {@code added:2025-01}. */
  private Map<String, String> categories(ReleaseChanges changes) {
    Map<String, String> terms = new LinkedHashMap<>();
    if (changes.from().isPresent()) {
      changes.added().forEach(month -> terms.put("added:" + month, line(ADDED, month)));
    }
    changes.revised().forEach(month -> terms.put("revised:" + month, line(REVISED, month)));
    changes.withdrawn().forEach(month -> terms.put("withdrawn:" + month, line(WITHDRAWN, month)));
    return terms;
  }

  private String line(Label label, YearMonth month) {
    return line(label, List.of(month));
  }

  private String line(Label label, List<?> values) {
    return label.in(language)
        + (language == Language.FR ? " : " : ": ")
        + values.stream().map(Object::toString).collect(Collectors.joining(", "));
  }

  private String summary(ReleaseChanges changes) {
    Stream<String> changed =
        changes.from().isEmpty()
            ? Stream.of(span(OLDEST, changes.to().monthList()))
            : Stream.of(
                    Map.entry(ADDED, changes.added()),
                    Map.entry(REVISED, changes.revised()),
                    Map.entry(WITHDRAWN, changes.withdrawn()),
                    Map.entry(REFERENCES, changes.references()))
                .filter(entry -> !entry.getValue().isEmpty())
                .map(entry -> line(entry.getKey(), entry.getValue()));
    List<String> lines = changed.toList();
    return Stream.concat(
            lines.isEmpty() ? Stream.of(NO_CHANGE.in(language)) : lines.stream(),
            changes.to().isSynthetic() ? Stream.of(SYNTHETIC.in(language)) : Stream.empty())
        .collect(Collectors.joining(". ", "", "."));
  }

  private String span(Label label, List<YearMonth> months) {
    return label
        .in(language)
        .formatted(months.size(), months.get(0), months.get(months.size() - 1));
  }

  /**
   * The files of blocks that a reader of the release before does not have: the newest one of each
   * month that was added or revised.
   */
  private static List<ReleaseFile> changedFiles(ReleaseChanges changes) {
    if (changes.from().isEmpty()) {
      return List.of();
    }
    List<YearMonth> changed =
        Stream.concat(changes.added().stream(), changes.revised().stream()).toList();
    Map<YearMonth, Integer> newest =
        changes.to().months().stream()
            .collect(Collectors.toMap(ReleaseMonth::month, ReleaseMonth::revisions));
    return ReleaseFiles.blocks(changes.to()).stream()
        .filter(file -> file.month().filter(changed::contains).isPresent())
        .filter(file -> file.revision() == newest.get(file.month().orElseThrow()))
        .toList();
  }

  private void enclose(XmlDocument feed, String folder, ReleaseFile file) {
    feed.empty(
        "link",
        ordered(
            "rel", "enclosure",
            "href", address.of(folder + file.name()),
            "type", "application/vnd.apache.parquet",
            "length", String.valueOf(file.bytes()),
            "title", file.name()));
  }

  private void link(XmlDocument feed, String relation, String path, String type, String title) {
    feed.empty(
        "link", ordered("rel", relation, "href", address.of(path), "type", type, "title", title));
  }

  private static Map<String, String> ordered(String... namesAndValues) {
    Map<String, String> attributes = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      attributes.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return attributes;
  }

  /** An identifier that stays the same in both languages and on every replica. */
  private static String id(String... parts) {
    byte[] name = ("open-damir-api\n" + String.join("\n", parts)).getBytes(StandardCharsets.UTF_8);
    return "urn:uuid:" + UUID.nameUUIDFromBytes(name);
  }
}
