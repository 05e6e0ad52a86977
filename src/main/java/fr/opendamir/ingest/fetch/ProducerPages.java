package fr.opendamir.ingest.fetch;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/**
 * The producer's pages, one a year, with the links to the files of its months. Links hold a token
 * that expires with the session, so a page is read again when one has.
 */
final class ProducerPages {
  private static final int FIRST_YEAR_WITH_REGIONS = 2015;
  private static final int LARGEST_PAGE = 4 << 20;
  private static final Pattern FILE =
      Pattern.compile("[AP]((?:19|20)\\d{2})(0[1-9]|1[0-2])\\.csv\\.gz", Pattern.CASE_INSENSITIVE);

  private final Web web;
  private final FetchSettings settings;
  private final Map<Integer, SortedMap<YearMonth, URI>> pages = new TreeMap<>();
  private final Map<Integer, FetchException> failures = new TreeMap<>();

  ProducerPages(Web web, FetchSettings settings) {
    this.web = web;
    this.settings = settings;
  }

  /** The name of a month's file, such as {@code A202501.csv.gz}. */
  static String fileName(YearMonth month) {
    return "%s%d%02d.csv.gz"
        .formatted(
            month.getYear() < FIRST_YEAR_WITH_REGIONS ? "P" : "A",
            month.getYear(),
            month.getMonthValue());
  }

  /**
   * Returns the links of a year's page, which is asked for once; empty if it has none.
   *
   * @throws FetchException if it does not come
   */
  SortedMap<YearMonth, URI> links(int year) {
    if (failures.containsKey(year)) {
      throw failures.get(year);
    }
    try {
      return pages.computeIfAbsent(year, this::read);
    } catch (FetchException e) {
      failures.put(year, e);
      throw e;
    }
  }

  /** Returns the link to a month, from a page that is read now. */
  URI newLink(YearMonth month) {
    pages.remove(month.getYear());
    return link(month);
  }

  /**
   * Returns the link to a month.
   *
   * @throws FetchException if the page has none; the message says what to do
   */
  URI link(YearMonth month) {
    SortedMap<YearMonth, URI> links = links(month.getYear());
    URI page = settings.pageOf(month.getYear());
    if (links.isEmpty()) {
      throw new FetchException(
          "%s has no link to a monthly file: nothing of %d is published, or the page has changed. Open it in a browser, download %s there and import it; if there is another page, name it in opendamir.fetch.page"
              .formatted(page, month.getYear(), fileName(month)));
    }
    URI link = links.get(month);
    if (link == null) {
      throw new FetchException(
          "%s is not on %s, which has %s to %s"
              .formatted(fileName(month), page, links.firstKey(), links.lastKey()));
    }
    return link;
  }

  private SortedMap<YearMonth, URI> read(int year) {
    URI page = settings.pageOf(year);
    return new Attempts("the page " + page, settings.waits()).until(() -> read(page, year));
  }

  private SortedMap<YearMonth, URI> read(URI page, int year) throws IOException {
    HttpResponse<InputStream> response = web.get(page, Map.of());
    try (InputStream body = new WatchedStream(response.body(), settings)) {
      int status = response.statusCode();
      if (RefusedForNowException.isFor(status)) {
        throw new RefusedForNowException(response);
      }
      if (status == 404 || status == 410) {
        return new TreeMap<>();
      }
      if (status != 200) {
        throw new FetchException(
            "the page %s answers %d; open it in a browser, and download the files there"
                .formatted(page, status));
      }
      byte[] text = body.readNBytes(LARGEST_PAGE);
      return links(text, response.uri(), year);
    }
  }

  private static SortedMap<YearMonth, URI> links(byte[] page, URI address, int year)
      throws IOException {
    SortedMap<YearMonth, URI> links = new TreeMap<>();
    for (Element link :
        Jsoup.parse(new ByteArrayInputStream(page), null, address.toString()).select("a[href]")) {
      String target = link.absUrl("href");
      parts(target).stream()
          .map(FILE::matcher)
          .filter(Matcher::matches)
          .filter(name -> Integer.parseInt(name.group(1)) == year)
          .map(name -> YearMonth.of(year, Integer.parseInt(name.group(2))))
          .filter(month -> Web.isWebAddress(target) && Web.mayLead(address, URI.create(target)))
          .forEach(month -> links.putIfAbsent(month, URI.create(target)));
    }
    return links;
  }

  /** The parts of an address that may be the name of a file: of its path, and of its query. */
  static List<String> parts(String address) {
    try {
      String decoded = URLDecoder.decode(address.replaceFirst("#.*", ""), StandardCharsets.UTF_8);
      return List.of(decoded.split("[/=?&]"));
    } catch (IllegalArgumentException e) {
      return List.of(); // a percent sign that begins nothing
    }
  }
}
