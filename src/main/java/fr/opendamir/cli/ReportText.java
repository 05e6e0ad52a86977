package fr.opendamir.cli;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.ingest.FileReport;
import fr.opendamir.ingest.ImportReport;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The report of an import, for people or as JSON. */
final class ReportText {
  private static final int MOST_CODES = 10;

  private final ImportReport report;
  private final StringBuilder text = new StringBuilder();

  ReportText(ImportReport report) {
    this.report = report;
  }

  String render(boolean asJson) throws JsonProcessingException {
    return asJson
        ? JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build()
            .writeValueAsString(report)
        : render();
  }

  private String render() {
    report.files().stream().filter(file -> !file.status().equals("skipped")).forEach(this::file);
    if (report.files().size() > 1) {
      line("");
      new MonthTable(report.files()).lines().forEach(this::line);
      line("");
    }
    List<String> releases =
        report.files().stream()
            .map(FileReport::release)
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    if (releases.isEmpty()) {
      line("Nothing was published.");
    } else {
      line("Published as release " + String.join(", ", releases) + ".");
    }
    if (report.files().stream().anyMatch(file -> file.status().equals("loaded"))) {
      line(
          "What is « loaded » is verified and waits in the database: run the same import again once"
              + " the refused file is right, or without that file; the others are not read again.");
    }
    text.append("Total time ").append(report.totalSeconds()).append(" s");
    return text.toString();
  }

  private void file(FileReport file) {
    if (file.status().equals("failed")) {
      line("FAILED   " + file.error());
      return;
    }
    line("%-8s %s  month %s".formatted(file.status(), file.file(), file.month()));
    if (file.lines() != null) {
      line(
          String.format(
              Locale.ROOT,
              "         %,d lines, %,d bytes, %,d atoms, %,d blocks (smallest: %,d contributors)",
              file.lines(),
              file.bytes(),
              file.atoms(),
              file.blocks(),
              file.smallestBlock()));
      if (file.revises() != null) {
        line(
            "         revises import " + file.revises() + ": the blocks are those of what changed");
      }
      line("         seconds: " + pairs(file.stageSeconds()));
      notDisclosed(file, SourceMeasure.CHARGED, "charged amount");
      notDisclosed(file, SourceMeasure.EXCESS_FEES, "excess fees");
      rollups(file.rollups());
      totals(file.totals());
      file.undocumentedCodes().forEach(this::codes);
    }
    file.warnings().forEach(warning -> line("         note: " + warning));
  }

  private void notDisclosed(FileReport file, SourceMeasure measure, String name) {
    line(
        "         %s not disclosed: ".formatted(name)
            + file.notDisclosed().entrySet().stream()
                .map(e -> e.getKey() + " " + percent(e.getValue().get(measure.id())))
                .collect(joining(", ")));
  }

  private void rollups(FileReport.Rollups rollups) {
    line(
        String.format(
            Locale.ROOT,
            "         %,d rollups of %,d rows; questions of up to four levels scan %,d rows in the"
                + " mean, half of them %,d, 95 in 100 %,d",
            rollups.count(),
            rollups.rows(),
            rollups.mean(),
            rollups.median(),
            rollups.p95()));
  }

  private void totals(Map<String, FileReport.Control> totals) {
    line("         control totals, lines = blocks, verified:");
    totals.forEach(
        (measure, control) ->
            line(
                String.format(Locale.ROOT, "           %-18s %,22.2f", measure, control.blocks())));
  }

  private void codes(String level, Map<String, Long> counts) {
    String shown =
        counts.entrySet().stream()
            .limit(MOST_CODES)
            .map(e -> e.getKey() + " (" + (e.getValue() == null ? "few" : e.getValue()) + ")")
            .collect(joining(", "));
    line(
        "         undocumented codes of %s (lines): %s%s"
            .formatted(level, shown, counts.size() > MOST_CODES ? ", … (all with --json)" : ""));
  }

  private static String pairs(Map<String, BigDecimal> values) {
    return values.entrySet().stream()
        .map(e -> e.getKey() + " " + e.getValue())
        .collect(joining(", "));
  }

  private static String percent(BigDecimal share) {
    return share.movePointRight(2).setScale(2, RoundingMode.HALF_UP) + " %";
  }

  private void line(String line) {
    text.append(line).append(System.lineSeparator());
  }
}
