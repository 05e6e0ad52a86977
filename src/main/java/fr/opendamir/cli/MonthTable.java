package fr.opendamir.cli;

import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.ingest.FileReport;
import fr.opendamir.ingest.ImportStage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of an import as a table: what they hold, seconds of each stage, what became of them.
 */
final class MonthTable {
  private static final String GAP = "  ";

  private final List<FileReport> files;

  /** The stages of any file, by the name that reports give them. */
  private final List<String> stages;

  MonthTable(List<FileReport> files) {
    this.files = files;
    this.stages =
        Arrays.stream(ImportStage.values())
            .map(stage -> stage.name().toLowerCase(Locale.ROOT))
            .filter(stage -> files.stream().anyMatch(file -> seconds(file, stage).isPresent()))
            .toList();
  }

  /** Returns a line for the header, and one for each file; numbers are right-aligned. */
  List<String> lines() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        Stream.of(
                Stream.of("month", "lines", "charged", "reimbursed"),
                stages.stream().map(stage -> stage.replace('_', ' ')),
                Stream.of("state"))
            .flatMap(cells -> cells)
            .toList());
    files.forEach(file -> rows.add(row(file)));
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private List<String> row(FileReport file) {
    List<String> row = new ArrayList<>();
    row.add(file.month() == null ? "?" : file.month());
    row.add(file.lines() == null ? "" : String.format(Locale.ROOT, "%,d", file.lines()));
    row.add(total(file, SourceMeasure.CHARGED));
    row.add(total(file, SourceMeasure.REIMBURSED));
    stages.forEach(
        stage ->
            row.add(
                seconds(file, stage)
                    .map(s -> s.setScale(1, RoundingMode.HALF_UP).toString())
                    .orElse("")));
    // A file without a month has its name here.
    row.add(file.month() == null ? file.status() + " " + file.file() : file.status());
    return row;
  }

  private static String total(FileReport file, SourceMeasure measure) {
    return file.totals() == null
        ? ""
        : String.format(Locale.ROOT, "%,.2f", file.totals().get(measure.id()).blocks());
  }

  private static Optional<BigDecimal> seconds(FileReport file, String stage) {
    return Optional.ofNullable(file.stageSeconds()).map(seconds -> seconds.get(stage));
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    int last = row.size() - 1;
    for (int i = 0; i < last; i++) {
      line.append(" ".repeat(widths[i] - row.get(i).length())).append(row.get(i)).append(GAP);
    }
    return line.append(row.get(last)).toString();
  }
}
