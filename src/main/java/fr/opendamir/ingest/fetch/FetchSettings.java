package fr.opendamir.ingest.fetch;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How files are asked for.
 *
 * @param page address of a year's page, with {@code {year}} in the place of the year
 * @param userAgent the header that says who asks
 * @param pause between two files
 * @param timeout for an answer to begin; and the time in which an answer must bring {@code
 *     slowestRate} bytes for each of its seconds
 * @param slowestRate bytes a second
 * @param waits before the second attempt and those after it; attempts that brought much begin anew
 */
public record FetchSettings(
    String page,
    String userAgent,
    Duration pause,
    Duration timeout,
    long slowestRate,
    List<Duration> waits) {
  static final String YEAR = "{year}";

  private static final Pattern CONTACT = Pattern.compile("[!-~&&[^()\\\\]]{3,200}");
  private static final long SLOWEST_RATE = 1024;
  private static final List<Duration> WAITS =
      List.of(
          Duration.ofSeconds(2),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60));

  public FetchSettings {
    waits = List.copyOf(waits);
  }

  /**
   * Reads the configuration.
   *
   * @param version of this application
   * @throws IllegalArgumentException if a setting cannot be used
   */
  public static FetchSettings of(FetchConfig config, String version) {
    if (!config.page().contains(YEAR) || !Web.isWebAddress(config.page().replace(YEAR, "2025"))) {
      throw new IllegalArgumentException(
          "opendamir.fetch.page must be like https://example.org/files.php?year={year}");
    }
    config
        .contact()
        .filter(text -> !CONTACT.matcher(text).matches())
        .ifPresent(
            text -> {
              throw new IllegalArgumentException(
                  "opendamir.fetch.contact must be a mail address or a web address");
            });
    if (config.pauseSeconds() < 0 || config.timeoutSeconds() < 1) {
      throw new IllegalArgumentException(
          "opendamir.fetch.pause-seconds must be 0 or more, opendamir.fetch.timeout-seconds 1 or more");
    }
    return new FetchSettings(
        config.page(),
        "open-damir-api/" + version + config.contact().map(c -> " (+" + c + ")").orElse(""),
        Duration.ofSeconds(config.pauseSeconds()),
        Duration.ofSeconds(config.timeoutSeconds()),
        SLOWEST_RATE,
        WAITS);
  }

  URI pageOf(int year) {
    return URI.create(page.replace(YEAR, String.valueOf(year)));
  }
}
