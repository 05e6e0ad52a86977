package fr.opendamir.disclosure;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.ReservedCodes;
import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.disclosure.GeneralisationStep.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * The algorithm of safe blocks as SQL for the import's analytical database.
 *
 * <p>Tables: {@code atom} (dimensions, the six sums, {@code lines}, {@code quantity_lines} = lines
 * whose quantity is not zero) and {@code service_weight} (service, units per act, coarser code)
 * come in; {@code block} (dimensions, sums, lines, quantity_lines, units) and {@code block_part}
 * (quantity by original service, only of blocks that hold several) come out, with what could not be
 * made safe in {@code pending}. Every statement is a plain GROUP BY, so that neither the order of
 * lines nor the number of threads matters.
 */
public final class SafeBlockSql {
  private static final List<String> COUNTS = List.of("lines", "quantity_lines");

  private final DisclosurePolicy policy;
  private final List<CodeColumn> columns;
  private final long unitsPerPerson;
  private final long threshold;

  public SafeBlockSql(
      DisclosurePolicy policy, List<CodeColumn> columns, ContributorWeights weights) {
    this.policy = policy;
    this.columns = List.copyOf(columns);
    this.unitsPerPerson = weights.unitsPerPerson();
    this.threshold = weights.threshold();
  }

  /** Names of the numeric columns that are added up, in table order. */
  static List<String> sums() {
    List<String> names =
        new ArrayList<>(Arrays.stream(SourceMeasure.values()).map(SourceMeasure::id).toList());
    names.addAll(COUNTS);
    return names;
  }

  /** Splits the atoms into the first blocks and what is pending. */
  public List<String> split() {
    String sums = String.join(", ", sums());
    return List.of(
        """
        -- name: safe atoms are blocks
        CREATE TABLE block AS
        SELECT %s, %s, %s AS units FROM atom JOIN service_weight USING (service) WHERE %s >= %d
        """
            .formatted(dimensions(), sums, unitsOfOneService(), unitsOfOneService(), threshold),
        """
        -- name: the other atoms are pending
        CREATE TABLE pending AS
        SELECT %s, service AS origin, units_per_act, %s
        FROM atom JOIN service_weight USING (service) WHERE %s < %d
        """
            .formatted(dimensions(), sums, unitsOfOneService(), threshold),
        "CREATE TABLE block_part AS SELECT "
            + dimensions()
            + ", service AS origin, 0::BIGINT AS units_per_act, 0::BIGINT AS quantity"
            + " FROM block LIMIT 0");
  }

  /** One step of the generalisation order. */
  public List<String> generalise(GeneralisationStep step) {
    List<String> statements = new ArrayList<>();
    statements.add(
        """
        -- name: give up detail of %s
        CREATE TABLE step AS
        SELECT %s, origin, units_per_act, %s FROM pending %s GROUP BY ALL
        """
            .formatted(
                step.dimension().id(),
                dimensions(column -> replaced(column, step)),
                sumOfEach(),
                step.to() == Target.GROUP ? groupJoin(step.dimension()) : ""));
    statements.add("DROP TABLE pending");
    if (holdsOneService(step)) {
      statements.add(
          "INSERT INTO block SELECT %s, %s, %s FROM step WHERE %s >= %d"
              .formatted(
                  dimensions(),
                  String.join(", ", sums()),
                  unitsOfOneService(),
                  unitsOfOneService(),
                  threshold));
      statements.add(
          "CREATE TABLE pending AS SELECT * FROM step WHERE %s < %d"
              .formatted(unitsOfOneService(), threshold));
    } else {
      statements.addAll(splitGroupsOfServices());
    }
    statements.add("DROP TABLE step");
    return statements;
  }

  /** The units of a set whose rows are sums by original service. */
  public String unitsOfServices() {
    return "CASE WHEN sum(quantity_lines) = 0 THEN (sum(lines) * %d)::BIGINT ELSE (sum(abs(quantity) * units_per_act))::BIGINT END"
        .formatted(unitsPerPerson);
  }

  private List<String> splitGroupsOfServices() {
    return List.of(
        """
        -- name: groups of several services that are safe now
        CREATE TABLE safe AS
        SELECT %s, %s, %s AS units FROM step GROUP BY %s HAVING units >= %d
        """
            .formatted(dimensions(), sumOfEach(), unitsOfServices(), dimensions(), threshold),
        "INSERT INTO block SELECT * FROM safe",
        "INSERT INTO block_part SELECT %s, origin, units_per_act, quantity FROM step SEMI JOIN safe USING (%s)"
            .formatted(dimensions(), dimensions()),
        "CREATE TABLE pending AS SELECT * FROM step ANTI JOIN safe USING (%s)"
            .formatted(dimensions()),
        "DROP TABLE safe");
  }

  /** Before the service itself is generalised, a group is keyed by its service. */
  private boolean holdsOneService(GeneralisationStep step) {
    for (GeneralisationStep other : policy.generalisation()) {
      if (other.dimension() == Dimension.SERVICE) {
        return false;
      }
      if (other.equals(step)) {
        return true;
      }
    }
    return false;
  }

  private static String replaced(CodeColumn column, GeneralisationStep step) {
    if (column.dimension() != step.dimension()) {
      return column.name();
    }
    return step.to() == Target.ND
        ? column.literal(ReservedCodes.NOT_DISCLOSED) + " AS " + column.name()
        : "coalesce(coarser.coarser_code, " + column.name() + ") AS " + column.name();
  }

  private static String groupJoin(Dimension dimension) {
    return dimension == Dimension.SERVICE
        ? "LEFT JOIN (SELECT service AS fine, coarser_code FROM service_weight) coarser ON fine = service"
        : "LEFT JOIN (SELECT exemption AS fine, coarser_code FROM exemption_code) coarser ON fine = exemption";
  }

  private String unitsOfOneService() {
    return "CASE WHEN quantity_lines = 0 THEN lines * %d ELSE abs(quantity) * units_per_act END"
        .formatted(unitsPerPerson);
  }

  private static String sumOfEach() {
    return sums().stream()
        .map(name -> "sum(%s)::BIGINT AS %s".formatted(name, name))
        .collect(joining(", "));
  }

  private String dimensions() {
    return dimensions(CodeColumn::name);
  }

  private String dimensions(Function<CodeColumn, String> expression) {
    return columns.stream().map(expression).collect(joining(", "));
  }
}
