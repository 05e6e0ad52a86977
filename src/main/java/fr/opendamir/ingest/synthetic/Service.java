package fr.opendamir.ingest.synthetic;

import fr.opendamir.ingest.source.SourceColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One service ({@code PRS_NAT}) with what its amounts are made of.
 *
 * @param code {@code PRS_NAT}
 * @param family trade it belongs to
 * @param prices usual prices of one act, cents, the most frequent first
 * @param spread standard deviation of the logarithm of the price around them; 0 for a tariff
 * @param base reimbursement base of one act, cents; 0 when it is the price
 * @param rate usual reimbursement rate, hundredths of a per cent
 * @param quantityShift how much larger (above 0) quantities are than the average, in standard
 *     deviations
 * @param coefficient tariff coefficient of one act, hundredths
 */
record Service(
    int code,
    ServiceFamily family,
    List<Long> prices,
    double spread,
    long base,
    int rate,
    double quantityShift,
    long coefficient) {

  /**
   * The services that A202401 holds, sorted by code.
   *
   * <p>Source of {@code services.csv}: tariffs seen in genuine lines, legal rates, and prices set
   * so that the published totals per service of A202501 come out; later rows refine earlier ranges.
   */
  static List<Service> list() {
    Map<String, ServiceFamily> families = ServiceFamily.all();
    Map<Integer, List<String>> rowOfCode = new HashMap<>();
    int[] codes = PublishedCounts.january2024().codes(SourceColumn.PRS_NAT);
    for (List<String> row : ResourceTable.rows("services.csv")) {
      int first = Integer.parseInt(row.get(0));
      int last = Integer.parseInt(row.get(1));
      Arrays.stream(codes)
          .filter(code -> code >= first && code <= last)
          .forEach(code -> rowOfCode.put(code, row));
    }
    List<Service> services = new ArrayList<>();
    for (int code : codes) {
      services.add(parse(code, rowOfCode.get(code), families));
    }
    return List.copyOf(services);
  }

  private static Service parse(int code, List<String> row, Map<String, ServiceFamily> families) {
    ServiceFamily family = families.get(row.get(2));
    if (family == null) {
      throw new IllegalStateException("unknown family " + row.get(2));
    }
    return new Service(
        code,
        family,
        Arrays.stream(ResourceTable.numbers(row.get(3))).mapToObj(Math::round).toList(),
        Double.parseDouble(row.get(4)),
        row.get(5).isEmpty() ? 0 : Long.parseLong(row.get(5)),
        Integer.parseInt(row.get(6)) * 100,
        Double.parseDouble(row.get(7)),
        Math.round(Double.parseDouble(row.get(8)) * 100));
  }
}
