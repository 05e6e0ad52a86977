package fr.opendamir.cli;

import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import fr.opendamir.ingest.FileReport;
import fr.opendamir.ingest.ImportReport;
import fr.opendamir.ingest.webhook.PublishConfig;
import fr.opendamir.ingest.webhook.Subscribers;
import fr.opendamir.ingest.webhook.Webhooks;
import fr.opendamir.ops.CommandConfig;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells the configured subscribers of the release that a command has published. The report is
 * printed before, and the exit code does not depend on it.
 */
final class ReleaseNotice {
  private final Subscribers subscribers;

  private ReleaseNotice(Subscribers subscribers) {
    this.subscribers = subscribers;
  }

  /**
   * Reads the subscribers, before a command begins its work.
   *
   * @throws IllegalArgumentException if their configuration cannot be used
   */
  static ReleaseNotice configured() {
    return new ReleaseNotice(Subscribers.of(CommandConfig.read(PublishConfig.class)));
  }

  /** Tells the subscribers of each release that was published, and says what became of it. */
  void tell(ImportReport report, PrintWriter err) {
    if (subscribers.addresses().isEmpty()) {
      return;
    }
    Map<String, List<String>> months =
        report.files().stream()
            .filter(file -> file.release() != null)
            .collect(
                groupingBy(
                    FileReport::release,
                    LinkedHashMap::new,
                    mapping(
                        FileReport::month,
                        collectingAndThen(toList(), l -> l.stream().sorted().toList()))));
    months.forEach(
        (release, ofRelease) ->
            new Webhooks(subscribers)
                .published(release, ofRelease)
                .forEach(delivery -> err.println(delivery.text())));
    err.flush();
  }
}
