package fr.opendamir.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import fr.opendamir.access.IssuedKey;
import fr.opendamir.access.KeyRecord;
import fr.opendamir.access.KeyRegistry;
import fr.opendamir.ops.CommandConfig;
import fr.opendamir.store.access.AccessDatabase;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.mutiny.Uni;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Issues, lists, revokes and rotates keys. */
@Command(
    name = "keys",
    description = {
      "Create, list, revoke and rotate the keys of callers. May run beside the service, which knows"
          + " of every change within a second."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:done",
      "1:refused, such as an unknown key or one that was revoked before; or the database is away",
      "2:wrong usage"
    },
    mixinStandardHelpOptions = true)
final class KeysCommand implements Runnable {
  @Spec CommandSpec spec;

  /** Durations as the configuration writes them. */
  static final class DurationText implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      return DurationConverter.parseDuration(text);
    }
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what to do: create, list, revoke or rotate");
  }

  @Command(
      name = "create",
      description = "Create a key and show it, once; the database keeps its hash only.",
      mixinStandardHelpOptions = true)
  void create(
      @Option(names = "--owner", required = true, description = "Whom it is for, in your words.")
          String owner,
      @Option(
              names = "--plan",
              defaultValue = "registered",
              description =
                  "Plan whose limits it has, such as registered or partner (default: registered).")
          String plan,
      @Option(
              names = "--expires",
              paramLabel = "YYYY-MM-DD",
              description =
                  "Day from which on it no longer works, at midnight UTC (default: never).")
          LocalDate expires) {
    Optional<Instant> end =
        Optional.ofNullable(expires).map(day -> day.atStartOfDay(ZoneOffset.UTC).toInstant());
    show(withKeys(keys -> keys.create(owner, plan, end)));
  }

  @Command(name = "list", description = "List all keys.", mixinStandardHelpOptions = true)
  void list(@Option(names = "--json", description = "Print the list as JSON.") boolean json)
      throws JsonProcessingException {
    List<KeyRecord> found = withKeys(KeyRegistry::list);
    PrintWriter out = spec.commandLine().getOut();
    Instant now = Instant.now();
    if (json) {
      out.println(
          JsonMapper.builder()
              .enable(SerializationFeature.INDENT_OUTPUT)
              .build()
              .writeValueAsString(found.stream().map(key -> key.members(now)).toList()));
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
            key.members(now).get("state"),
            key.plan(),
            day(key.createdAt()),
            key.expiresAt().map(KeysCommand::day).orElse("-"),
            key.owner());
      }
    }
    out.flush();
  }

  @Command(
      name = "revoke",
      description = "Make a key stop working, within a second and for good.",
      mixinStandardHelpOptions = true)
  void revoke(
      @Parameters(
              paramLabel = "KEY",
              description = "Its id, how it begins, or all of it where it leaked.")
          String key) {
    KeyRecord revoked = withKeys(keys -> keys.revoke(key));
    PrintWriter out = spec.commandLine().getOut();
    out.printf("Key %d (%s…) of %s is revoked.%n", revoked.id(), revoked.prefix(), revoked.owner());
    out.flush();
  }

  @Command(
      name = "rotate",
      description =
          "Create a key with the owner, plan and expiry of another, which stops working after a"
              + " grace period.",
      mixinStandardHelpOptions = true)
  void rotate(
      @Parameters(paramLabel = "KEY", description = "Id of the old key, or how it begins.")
          String key,
      @Option(
              names = "--grace",
              converter = DurationText.class,
              description =
                  "How long the old key goes on working, such as 12h or 7d (default: 7d).")
          Duration grace) {
    Duration chosen = Optional.ofNullable(grace).orElse(KeyRegistry.DEFAULT_GRACE);
    show(withKeys(keys -> keys.rotate(key, chosen)));
  }

  private static <T> T withKeys(Function<KeyRegistry, Uni<T>> work) {
    try (ServingDatabase database = ServingDatabase.open(true);
        AccessDatabase access = new AccessDatabase(database.settings())) {
      return access.await(
          work.apply(
              new KeyRegistry(access.keys(), CommandConfig.names("opendamir.access.plans."))));
    }
  }

  /** Prints only the secret to standard output, so that it can be piped. */
  private void show(IssuedKey issued) {
    spec.commandLine()
        .getErr()
        .printf(
            "Key %d for %s, plan %s. It is shown this once:%n",
            issued.record().id(), issued.record().owner(), issued.record().plan());
    spec.commandLine().getErr().flush();
    spec.commandLine().getOut().println(issued.text().reveal());
    spec.commandLine().getOut().flush();
  }

  private static String day(Instant instant) {
    return instant.truncatedTo(ChronoUnit.DAYS).toString().substring(0, 10);
  }
}
