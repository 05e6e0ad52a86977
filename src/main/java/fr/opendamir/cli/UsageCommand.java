package fr.opendamir.cli;

import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import fr.opendamir.access.KeyRecord;
import fr.opendamir.access.UsageCount;
import fr.opendamir.store.access.AccessDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Exports what was used. */
@Command(
    name = "usage",
    description = {
      "Export usage by key, day and door as CSV. Days are in UTC; callers without a key are one"
          + " line together. A running service writes its counts every few seconds. Text that a"
          + " spreadsheet would compute has an apostrophe before it."
    },
    mixinStandardHelpOptions = true)
final class UsageCommand implements Callable<Integer> {
  private static final CsvSchema COLUMNS =
      CsvSchema.builder()
          .addColumn("day")
          .addColumn("key_id")
          .addColumn("key")
          .addColumn("owner")
          .addColumn("plan")
          .addColumn("door")
          .addColumn("requests")
          .addColumn("units")
          .addColumn("refused")
          .build()
          .withHeader()
          .withLineSeparator("\r\n");

  @Spec CommandSpec spec;

  @Option(
      names = "--from",
      paramLabel = "YYYY-MM-DD",
      description = "First day (default: the first of this month).")
  LocalDate from;

  @Option(names = "--to", paramLabel = "YYYY-MM-DD", description = "Last day (default: today).")
  LocalDate to;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "Where to write it (default: the standard output).")
  Path csv;

  @Mixin OutputFile output;

  @Override
  public Integer call() throws IOException {
    LocalDate last = Optional.ofNullable(to).orElseGet(() -> LocalDate.now(ZoneOffset.UTC));
    LocalDate first = Optional.ofNullable(from).orElseGet(() -> last.withDayOfMonth(1));
    if (first.isAfter(last)) {
      throw new ParameterException(spec.commandLine(), first + " is after " + last);
    }
    if (csv != null) {
      output.check(csv);
    }
    String text = CsvMapper.builder().build().writer(COLUMNS).writeValueAsString(read(first, last));
    if (csv == null) {
      spec.commandLine().getOut().print(text);
      spec.commandLine().getOut().flush();
    } else {
      write(text);
    }
    return 0;
  }

  private void write(String text) throws IOException {
    OpenOption how =
        output.replace ? StandardOpenOption.TRUNCATE_EXISTING : StandardOpenOption.CREATE_NEW;
    try {
      Files.writeString(
          csv,
          text,
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.WRITE,
          how);
    } catch (FileAlreadyExistsException e) {
      throw OutputFile.exists(csv);
    }
  }

  private static List<List<Object>> read(LocalDate first, LocalDate last) {
    try (ServingDatabase database = ServingDatabase.open(true);
        AccessDatabase access = new AccessDatabase(database.settings())) {
      List<UsageCount> counts = access.await(access.usage().list(first, last));
      Map<Long, KeyRecord> keys =
          access.await(access.keys().list()).stream()
              .collect(Collectors.toMap(KeyRecord::id, Function.identity()));
      return counts.stream()
          .map(count -> row(count, count.keyId().map(keys::get).orElse(null)))
          .toList();
    }
  }

  /** A key is empty for callers without one, and where somebody deleted it by hand. */
  private static List<Object> row(UsageCount count, KeyRecord key) {
    return List.of(
        count.day().toString(),
        count.keyId().map(String::valueOf).orElse(""),
        key == null ? "" : SpreadsheetText.guarded(key.prefix()),
        key == null ? "" : SpreadsheetText.guarded(key.owner()),
        SpreadsheetText.guarded(count.plan()),
        SpreadsheetText.guarded(count.door()),
        count.requests(),
        count.units(),
        count.refused());
  }
}
