package fr.opendamir.api.discovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.rometools.rome.feed.atom.Category;
import com.rometools.rome.feed.atom.Content;
import com.rometools.rome.feed.atom.Entry;
import com.rometools.rome.feed.atom.Feed;
import com.rometools.rome.feed.atom.Link;
import com.rometools.rome.io.FeedException;
import com.rometools.rome.io.WireFeedInput;
import fr.opendamir.api.http.PublicAddress;
import fr.opendamir.catalog.Language;
import fr.opendamir.query.Release;
import fr.opendamir.query.WithdrawnRelease;
import fr.opendamir.testing.PublicUrl;
import java.io.StringReader;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The feed, read by a library that feed readers use. */
class ReleaseFeedTest {
  private static final String BASE = "https://damir.example.org";
  private static final PublicAddress PUBLIC = PublicUrl.of(BASE + "/");

  @Test
  void itSaysWhichMonthsWereAddedRevisedAndWithdrawn() throws FeedException {
    Feed feed = feed(PUBLIC, Language.FR, ExampleReleases.genuine());

    assertThat(entries(feed))
        .extracting(Entry::getTitle)
        .containsExactly("Version 2026-03-02.1", "Version 2026-02-02.1", "Version 2026-01-02.1");
    assertThat(entries(feed))
        .extracting(entry -> entry.getSummary().getValue())
        .containsExactly(
            "Mois retirés : 2024-01.",
            "Mois ajoutés : 2024-02. Mois révisés : 2024-01.",
            "La plus ancienne version servie : 1 mois, de 2024-01 à 2024-01.");
    assertThat(entries(feed))
        .extracting(ReleaseFeedTest::terms)
        .containsExactly(
            List.of("withdrawn:2024-01"), List.of("added:2024-02", "revised:2024-01"), List.of());
  }

  @Test
  void anEntryLeadsToItsReleaseItsDifferenceAndItsFiles() throws FeedException {
    Entry entry = entries(feed(PUBLIC, Language.EN, ExampleReleases.genuine())).get(1);
    String release = BASE + "/v1/releases/2026-02-02.1";

    assertThat(entry.getAlternateLinks()).extracting(Link::getHref).containsExactly(release);
    assertThat(links(entry, "related"))
        .extracting(Link::getHref)
        .containsExactly(BASE + "/v1/releases/2026-01-02.1/diff/2026-02-02.1", release + "/files");
    assertThat(links(entry, "enclosure"))
        .extracting(Link::getHref)
        .containsExactly(
            release + "/files/blocks-2024-01-r1-2222222222222222.parquet",
            release + "/files/blocks-2024-02-3333333333333333.parquet");
    assertThat(links(entry, "enclosure")).extracting(Link::getLength).containsExactly(1002L, 1003L);
    assertThat(links(entry, "related").get(0).getTitle())
        .isEqualTo("What changed since release 2026-01-02.1");
  }

  @Test
  void itHasWhatTheStandardRequires() throws FeedException {
    Feed feed = feed(PUBLIC, Language.EN, ExampleReleases.genuine());

    assertThat(feed.getFeedType()).isEqualTo("atom_1.0");
    assertThat(feed.getId()).startsWith("urn:uuid:");
    assertThat(feed.getTitle()).isEqualTo("Open DAMIR API: releases");
    assertThat(feed.getUpdated()).isEqualTo(entries(feed).get(0).getUpdated());
    assertThat(feed.getAuthors()).hasSize(1);
    assertThat(feed.getOtherLinks())
        .extracting(Link::getHref)
        .contains(BASE + "/v1/releases.atom?lang=en");
    assertThat(feed.getRights()).contains("Caisse nationale", "Licence Ouverte");
    assertThat(entries(feed)).extracting(Entry::getId).doesNotHaveDuplicates();
    assertThat(entries(feed)).extracting(Entry::getUpdated).doesNotContainNull();
  }

  @Test
  void identifiersAreTheSameInBothLanguagesAndWhenTheNextReleaseIsPublished() throws FeedException {
    List<Release> all = ExampleReleases.genuine();
    Feed before = feed(PUBLIC, Language.FR, all.subList(1, 3));
    Feed after = feed(PUBLIC, Language.EN, all);

    assertThat(after.getId()).isEqualTo(before.getId());
    assertThat(entries(after).subList(1, 3))
        .extracting(Entry::getId)
        .isEqualTo(entries(before).stream().map(Entry::getId).toList());
  }

  @Test
  void aWithdrawnReleaseReplacesItsEntry() throws FeedException {
    Release gone = ExampleReleases.genuine().get(1);
    List<Release> served = List.of(ExampleReleases.genuine().get(0));
    Instant withdrawn = Instant.parse("2026-03-05T10:00:00Z");
    Feed feed =
        parse(
            new ReleaseFeed(PUBLIC, Language.EN, true)
                .xml(
                    served,
                    List.of(
                        new WithdrawnRelease(
                            gone.id(), gone.publishedAt(), withdrawn, gone.monthList()))));

    assertThat(feed.getUpdated()).isEqualTo(Date.from(withdrawn));
    assertThat(entries(feed))
        .extracting(Entry::getTitle)
        .containsExactly("Release 2026-02-02.1 withdrawn", "Release 2026-03-02.1");
    Entry entry = entries(feed).get(0);
    assertThat(entry.getId())
        .isEqualTo(entries(feed(PUBLIC, Language.FR, ExampleReleases.genuine())).get(1).getId());
    assertThat(entry.getUpdated()).isEqualTo(Date.from(withdrawn));
    assertThat(terms(entry)).containsExactly("withdrawn");
    assertThat(entry.getSummary().getValue()).endsWith("It had 2 months, from 2024-01 to 2024-02.");
    assertThat(entry.getAlternateLinks())
        .extracting(Link::getHref)
        .containsExactly(BASE + "/v1/releases");
    assertThat(links(entry, "enclosure")).isEmpty();
  }

  @Test
  void withoutPublicAddressOrFilesLinksAreRelativeAndFewer() throws FeedException {
    byte[] xml =
        new ReleaseFeed(PublicUrl.none(), Language.FR, false)
            .xml(ExampleReleases.genuine(), List.of());
    Entry entry = entries(parse(xml)).get(1);

    assertThat(new String(xml, UTF_8))
        .contains("href=\"/v1/releases/2026-02-02.1\"")
        .doesNotContain("/files");
    assertThat(links(entry, "enclosure")).isEmpty();
  }

  @Test
  void syntheticDataAreCalledSo() throws FeedException {
    Feed feed = feed(PUBLIC, Language.EN, ExampleReleases.synthetic());

    assertThat(entries(feed))
        .extracting(Entry::getSummary)
        .extracting(Content::getValue)
        .allSatisfy(summary -> assertThat(summary).endsWith("Synthetic data: no figure is real."));
    assertThat(feed.getRights()).contains("Synthetic");
  }

  @Test
  void entriesAreBounded() throws FeedException {
    List<Release> many =
        IntStream.rangeClosed(1, 60)
            .mapToObj(
                number ->
                    ExampleReleases.release(
                        String.format(Locale.ROOT, "2026-01-02.%d", 61 - number),
                        ExampleReleases.month("2024-01", false, 1)))
            .toList();
    Feed feed = feed(PUBLIC, Language.FR, many);

    assertThat(entries(feed)).hasSize(ReleaseFeed.MOST_ENTRIES);
    assertThat(entries(feed).get(0).getSummary().getValue()).isEqualTo("Les mêmes mois qu'avant.");
  }

  private static Feed feed(PublicAddress address, Language language, List<Release> releases)
      throws FeedException {
    return parse(new ReleaseFeed(address, language, true).xml(releases, List.of()));
  }

  private static Feed parse(byte[] xml) throws FeedException {
    return (Feed)
        new WireFeedInput(true, Locale.ROOT).build(new StringReader(new String(xml, UTF_8)));
  }

  private static List<Entry> entries(Feed feed) {
    return feed.getEntries();
  }

  private static List<Link> links(Entry entry, String relation) {
    return entry.getOtherLinks().stream().filter(link -> relation.equals(link.getRel())).toList();
  }

  private static List<String> terms(Entry entry) {
    return entry.getCategories().stream().map(Category::getTerm).toList();
  }
}
