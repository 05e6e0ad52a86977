package fr.opendamir.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import fr.opendamir.access.KeyRecord;
import fr.opendamir.access.KeyRegistry;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists keys, without their secrets, which nobody has. */
@Command(name = "list", description = "List all keys.", mixinStandardHelpOptions = true)
final class KeysListCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Option(names = "--json", description = "Print the list as JSON.")
  boolean json;

  @Override
  public Integer call() throws JsonProcessingException {
    List<KeyRecord> found = KeysCommand.withKeys(KeyRegistry::list);
    PrintWriter out = spec.commandLine().getOut();
    Instant now = Instant.now();
    if (json) {
      out.println(
          JsonMapper.builder()
              .enable(SerializationFeature.INDENT_OUTPUT)
              .build()
              .writeValueAsString(found.stream().map(key -> members(key, now)).toList()));
    } else if (found.isEmpty()) {
      out.println("There are no keys.");
    } else {
      String line = "%5s  %-13s  %-8s  %-12s  %-10s  %-10s  %s%n";
      out.printf(line, "id", "begins", "state", "plan", "created", "expires", "owner");
      for (KeyRecord key : found) {
        out.printf(
            line,
            key.id(),
            key.prefix() + "…",
            state(key, now),
            key.plan(),
            day(key.createdAt()),
            key.expiresAt().map(KeysListCommand::day).orElse("-"),
            key.owner());
      }
    }
    out.flush();
    return 0;
  }

  private static Map<String, Object> members(KeyRecord key, Instant now) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("id", key.id());
    members.put("prefix", key.prefix());
    members.put("owner", key.owner());
    members.put("plan", key.plan());
    members.put("state", state(key, now));
    members.put("created_at", key.createdAt().toString());
    members.put("expires_at", key.expiresAt().map(Instant::toString).orElse(null));
    members.put("revoked_at", key.revokedAt().map(Instant::toString).orElse(null));
    members.put("replaced_by", key.replacedBy().orElse(null));
    return members;
  }

  private static String state(KeyRecord key, Instant now) {
    return key.state(now).name().toLowerCase(Locale.ROOT);
  }

  private static String day(Instant instant) {
    return instant.truncatedTo(ChronoUnit.DAYS).toString().substring(0, 10);
  }
}
