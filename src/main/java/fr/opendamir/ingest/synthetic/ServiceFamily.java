package fr.opendamir.ingest.synthetic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Services of the same trade: who carries them out, where, for whom and how late they are paid.
 *
 * <p>Source of {@code families.csv}: estimates from the genuine lines, the published counts and the
 * official labels; raking corrects the shares afterwards, so that only their contrasts matter.
 */
record ServiceFamily(
    String name,
    Kind kind,
    double facilityShare,
    Map<Facility.Kind, Double> facilityKinds,
    List<Executor> executors,
    List<Double> executorWeights,
    String specialties,
    List<Double> ages,
    List<Double> lags,
    double overchargeShare) {

  private static final List<Facility.Kind> FACILITY_KINDS =
      List.of(
          Facility.Kind.PUBLIC,
          Facility.Kind.PRIVATE,
          Facility.Kind.CENTRE,
          Facility.Kind.TECHNICAL,
          Facility.Kind.SOCIAL);

  /** How a service turns into amounts. */
  enum Kind {
    /** Charged and reimbursed. */
    CARE,
    /** Charged by a hospital, without a professional. */
    HOSPITAL,
    /** A deduction: negative reimbursement without charge or base. */
    PARTICIPATION,
    /** Sick pay, pensions and annuities: reimbursed without charge. */
    CASH,
    /** Flat amount of the solidarity cover, paid above the legal share. */
    FLAT
  }

  /** Whether care dates are missing on some rows: pensions, annuities and the like. */
  boolean isUndated() {
    return lags.get(lags.size() - 1) > 0;
  }

  boolean isCare() {
    return kind == Kind.CARE || kind == Kind.HOSPITAL;
  }

  /** Families by name. */
  static Map<String, ServiceFamily> all() {
    Map<String, ServiceFamily> families = new LinkedHashMap<>();
    for (List<String> row : ResourceTable.rows("families.csv")) {
      families.put(row.get(0), parse(row));
    }
    return Collections.unmodifiableMap(families);
  }

  private static ServiceFamily parse(List<String> row) {
    Map<Facility.Kind, Double> kinds = new EnumMap<>(Facility.Kind.class);
    int column = 3;
    for (Facility.Kind kind : FACILITY_KINDS) {
      kinds.put(kind, Double.valueOf(row.get(column++)));
    }
    List<Executor> executors = new ArrayList<>();
    List<Double> weights = new ArrayList<>();
    for (String entry : row.get(8).split("\\|", -1)) {
      int colon = entry.indexOf(':');
      executors.add(Executor.parse(entry.substring(0, colon)));
      weights.add(Double.valueOf(entry.substring(colon + 1)));
    }
    return new ServiceFamily(
        row.get(0),
        Kind.valueOf(row.get(1).toUpperCase(Locale.ROOT)),
        Double.parseDouble(row.get(2)),
        Collections.unmodifiableMap(kinds),
        List.copyOf(executors),
        List.copyOf(weights),
        row.get(9),
        boxed(row.get(10)),
        boxed(row.get(11)),
        Double.parseDouble(row.get(12)));
  }

  private static List<Double> boxed(String cell) {
    return Arrays.stream(ResourceTable.numbers(cell)).boxed().toList();
  }
}
