package fr.opendamir.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import fr.opendamir.store.ReleaseHistory;
import fr.opendamir.store.StoredRelease;
import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists releases; the first that is served is what questions are answered from. */
@Command(
    name = "list",
    description = "List all releases, newest first.",
    mixinStandardHelpOptions = true)
final class ReleasesListCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Option(names = "--json", description = "Print the list as JSON.")
  boolean json;

  @Override
  public Integer call() throws JsonProcessingException {
    List<StoredRelease> found = ReleasesCommand.withReleases(ReleaseHistory::list);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(
          JsonMapper.builder()
              .enable(SerializationFeature.INDENT_OUTPUT)
              .build()
              .writeValueAsString(found.stream().map(ReleasesListCommand::members).toList()));
    } else if (found.isEmpty()) {
      out.println("Nothing was ever published.");
    } else {
      String line = "%-14s  %-9s  %-20s  %6s  %-18s  %s%n";
      out.printf(line, "release", "state", "published", "months", "from and to", "revisions");
      for (StoredRelease release : found) {
        out.printf(
            line,
            release.id(),
            state(release),
            release.publishedAt().truncatedTo(ChronoUnit.SECONDS),
            release.months(),
            release.firstMonth() + " " + release.lastMonth(),
            release.revisions() + (release.isSynthetic() ? ", synthetic" : ""));
      }
    }
    out.flush();
    return 0;
  }

  private static Map<String, Object> members(StoredRelease release) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("id", release.id());
    members.put("state", state(release));
    members.put("published_at", release.publishedAt().toString());
    members.put("synthetic", release.isSynthetic());
    members.put("months", release.months());
    members.put("first_month", release.firstMonth());
    members.put("last_month", release.lastMonth());
    members.put("revisions", release.revisions());
    return members;
  }

  private static String state(StoredRelease release) {
    return release.isServed() ? "served" : "withdrawn";
  }
}
