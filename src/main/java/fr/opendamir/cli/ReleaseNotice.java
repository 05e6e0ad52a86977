package fr.opendamir.cli;

import fr.opendamir.ingest.FileReport;
import fr.opendamir.ingest.ImportReport;
import fr.opendamir.ingest.webhook.PublishConfig;
import fr.opendamir.ingest.webhook.Subscribers;
import fr.opendamir.ingest.webhook.Webhooks;
import fr.opendamir.ops.CommandConfig;
import java.io.PrintWriter;
import java.util.List;

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

  /** Tells the subscribers, if a release was published, and says what became of it. */
  void tell(ImportReport report, PrintWriter err) {
    if (report.release() == null || subscribers.addresses().isEmpty()) {
      return;
    }
    List<String> months =
        report.files().stream()
            .filter(file -> file.status().equals("published"))
            .map(FileReport::month)
            .sorted()
            .toList();
    new Webhooks(subscribers)
        .published(report.release(), months)
        .forEach(delivery -> err.println(delivery.text()));
    err.flush();
  }
}
