package fr.opendamir.format;

import com.fasterxml.jackson.core.JsonGenerator;
import fr.opendamir.table.AnswerDescription;
import fr.opendamir.table.AnswerTable;
import fr.opendamir.table.Axis;
import fr.opendamir.table.CodeNames;
import fr.opendamir.table.Figure;
import fr.opendamir.table.Period;
import fr.opendamir.table.Row;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The lines of an answer in SDMX-CSV: one for each figure of a row. With {@code labels=both} a cell
 * is {@code 11: Île-de-France}, with {@code labels=name} each component has a second column.
 */
final class SdmxLines {
  private static final String STRUCTURE_ID =
      "%s:%s(%s)".formatted(Sdmx.AGENCY, Sdmx.SPENDING.id(), Sdmx.VERSION);
  private static final String NO_NAME = "";

  private final List<Axis> axes;
  private final List<Axis> times;
  private final List<Figure> figures;
  private final List<Map<String, String>> labels = new ArrayList<>();
  private final String allMonths;
  private final String style;
  private final boolean isFrench;

  SdmxLines(AnswerTable table) {
    AnswerDescription description = table.description().orElseThrow();
    this.axes = table.axes();
    this.times = axes.stream().filter(axis -> axis.role() == Axis.Role.TIME).toList();
    this.figures = table.figures();
    this.axes.forEach(axis -> labels.add(new HashMap<>()));
    this.allMonths = range(description.query().get("months"));
    this.style = String.valueOf(description.query().get("labels"));
    this.isFrench = "fr".equals(description.query().get("lang"));
  }

  List<String> header() {
    List<String> header = new ArrayList<>(List.of("STRUCTURE", "STRUCTURE_ID"));
    if (style.equals("name")) {
      header.add("STRUCTURE_NAME");
    }
    header.add("ACTION");
    for (Axis axis : axes) {
      if (axis.role() != Axis.Role.TIME) {
        addTo(header, Sdmx.dimension(axis.id()), axis.title());
      }
    }
    for (Sdmx.Name component :
        List.of(
            Sdmx.MEASURE,
            Sdmx.TIME_PERIOD,
            Sdmx.OBS_VALUE,
            Sdmx.OBS_STATUS,
            Sdmx.CONF_STATUS,
            Sdmx.UNIT_MEASURE)) {
      addTo(header, component.id(), component.in(isFrench));
    }
    return header;
  }

  /**
   * Writes a line for each figure of a row; none for a total that has the period of another row: of
   * all quarters of a month, which has one.
   */
  void write(JsonGenerator out, Row row) throws IOException {
    if (isRepeated(row)) {
      return;
    }
    List<String> key = key(row);
    String period = period(row);
    for (int i = 0; i < figures.size(); i++) {
      List<String> line = new ArrayList<>(key);
      addTo(line, figures.get(i).id(), figures.get(i).title());
      addTo(line, period, NO_NAME);
      addFigure(line, row, i);
      out.writeStartArray();
      for (String cell : line) {
        out.writeString(cell);
      }
      out.writeEndArray();
    }
  }

  /** The cells before those of the measure. */
  private List<String> key(Row row) {
    List<String> key = new ArrayList<>();
    key.add("dataflow");
    addTo(key, STRUCTURE_ID, Sdmx.SPENDING.in(isFrench));
    key.add("I"); // information: for readers, not for a database that is kept up to date
    for (int i = 0; i < axes.size(); i++) {
      if (axes.get(i).role() != Axis.Role.TIME) {
        String code = row.codes().get(i);
        addTo(key, Sdmx.code(code), style.equals("id") ? NO_NAME : label(i, code));
      }
    }
    return key;
  }

  private String label(int axis, String code) {
    return labels
        .get(axis)
        .computeIfAbsent(
            code,
            one -> axes.get(axis).names().map(names -> named(names).apply(one)).orElse(NO_NAME));
  }

  private UnaryOperator<String> named(CodeNames names) {
    return isFrench ? names.french() : names.english();
  }

  private void addFigure(List<String> line, Row row, int position) {
    BigDecimal value = row.figures().get(position);
    Figure figure = figures.get(position);
    Optional<String> mark = row.mark(position, figure);
    Sdmx.Name status = status(value, mark);
    Sdmx.Name confidentiality = status.equals(Sdmx.SUPPRESSED) ? Sdmx.CONFIDENTIAL : Sdmx.FREE;
    addTo(line, value == null ? "" : value.toPlainString(), NO_NAME);
    addTo(line, status.id(), status.in(isFrench));
    addTo(line, confidentiality.id(), confidentiality.in(isFrench));
    addTo(line, Sdmx.unit(figure.unit()), figure.unit());
  }

  private static Sdmx.Name status(BigDecimal value, Optional<String> mark) {
    return switch (mark.orElse("")) {
      case "C" -> Sdmx.SUPPRESSED;
      case "M" -> Sdmx.CANNOT_EXIST;
      case "L" -> Sdmx.NOT_PUBLISHED;
      case "P" -> Sdmx.PROVISIONAL;
      case "I" -> Sdmx.FILLED;
      case "O" -> Sdmx.MISSING;
      default -> value == null ? Sdmx.CANNOT_EXIST : Sdmx.NORMAL;
    };
  }

  private void addTo(List<String> cells, String id, String name) {
    switch (style) {
      case "name" -> {
        cells.add(id);
        cells.add(name);
      }
      case "both" -> cells.add(name.isEmpty() ? id : id + ": " + name);
      default -> cells.add(id);
    }
  }

  /**
   * The finest period of a row, which begins last and of these is the shortest; all months of the
   * answer in a row that is of no period, such as a total.
   */
  private String period(Row row) {
    String finest = allMonths;
    Optional<Period> found = Optional.empty();
    for (int i = 0; i < axes.size(); i++) {
      Optional<Period> period = Period.parse(row.codes().get(i));
      if (axes.get(i).role() == Axis.Role.TIME
          && period.isPresent()
          && (found.isEmpty() || isFiner(period.get(), found.get()))) {
        found = period;
        finest = row.codes().get(i);
      }
    }
    return finest;
  }

  private boolean isRepeated(Row row) {
    if (times.size() < 2) {
      return false;
    }
    Set<Period.Unit> present = EnumSet.noneOf(Period.Unit.class);
    Set<Period.Unit> totals = EnumSet.noneOf(Period.Unit.class);
    for (Axis time : times) {
      String code = row.codes().get(axes.indexOf(time));
      Period.parse(code)
          .ifPresentOrElse(
              period -> present.add(period.unit()),
              () -> totals.add(Period.Unit.valueOf(time.id().toUpperCase(Locale.ROOT))));
    }
    return totals.stream()
        .anyMatch(unit -> present.stream().anyMatch(other -> other.compareTo(unit) > 0));
  }

  private static boolean isFiner(Period period, Period other) {
    return Comparator.comparing(Period::unit).compare(period, other) > 0;
  }

  /** A time range of SDMX, from the first month to the last. */
  private static String range(Object months) {
    List<YearMonth> sorted =
        months instanceof List<?> list
            ? list.stream().map(month -> YearMonth.parse(month.toString())).sorted().toList()
            : List.of();
    if (sorted.isEmpty()) {
      return "";
    }
    YearMonth first = sorted.get(0);
    long count = ChronoUnit.MONTHS.between(first, sorted.get(sorted.size() - 1)) + 1;
    return "%s/P%dM".formatted(first.atDay(1), count);
  }
}
