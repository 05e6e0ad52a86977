package fr.opendamir.ingest.synthetic;

import fr.opendamir.ingest.source.SourceColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * A variable whose shares an atom pool must have: which of its codes an atom has, and the target.
 */
final class Margin {

  private final AtomField field;
  private final int[] codeOfIndex;
  private final double[] shares;

  private Margin(AtomField field, int[] codeOfIndex, double[] shares) {
    this.field = field;
    this.codeOfIndex = codeOfIndex;
    this.shares = shares;
  }

  /** All variables that atoms decide, the ones to come out most exactly last. */
  static List<Margin> list(List<Service> services, List<Facility> facilities) {
    List<Margin> margins = new ArrayList<>();
    for (AtomField field : AtomField.values()) {
      if (field.column() != null) {
        margins.add(
            new Margin(
                field,
                identity(field.size()),
                PublishedCounts.january2024().shares(field.column())));
      }
    }
    margins.add(new Margin(AtomField.LAG, identity(AtomField.LAG.size()), lagShares()));
    margins.add(ofFacility(facilities, SourceColumn.MFT_COD, i -> facilities.get(i).tariff()));
    margins.add(
        ofFacility(facilities, SourceColumn.ETE_IND_TAA, i -> facilities.get(i).activityPayment()));
    margins.add(ofFacility(facilities, SourceColumn.PRS_PPU_SEC, i -> facilities.get(i).sector()));
    margins.add(
        ofFacility(facilities, SourceColumn.ETE_CAT_SNDS, i -> facilities.get(i).category()));
    margins.add(ofFacility(facilities, SourceColumn.ETE_TYP_SNDS, i -> facilities.get(i).type()));
    margins.add(
        new Margin(
            AtomField.ROW_TYPE,
            identity(AtomField.ROW_TYPE.size()),
            PublishedCounts.january2024().shares(SourceColumn.PRS_REM_TYP)));
    margins.add(
        new Margin(
            AtomField.SERVICE,
            identity(services.size()),
            PublishedCounts.january2024().shares(SourceColumn.PRS_NAT)));
    return List.copyOf(margins);
  }

  private static Margin ofFacility(
      List<Facility> facilities, SourceColumn column, IntUnaryOperator code) {
    int[] codes = PublishedCounts.january2024().codes(column);
    int[] codeOfIndex = new int[facilities.size()];
    Arrays.setAll(codeOfIndex, i -> Arrays.binarySearch(codes, code.applyAsInt(i)));
    return new Margin(
        AtomField.FACILITY, codeOfIndex, PublishedCounts.january2024().shares(column));
  }

  private static double[] lagShares() {
    return Arrays.stream(Lag.values()).mapToDouble(Lag::share).toArray();
  }

  private static int[] identity(int size) {
    int[] indices = new int[size];
    Arrays.setAll(indices, i -> i);
    return indices;
  }

  /** Index of the atom's code among the published codes. */
  int codeIndex(long atom) {
    return codeOfIndex[field.index(atom)];
  }

  int codeCount() {
    return shares.length;
  }

  double share(int codeIndex) {
    return shares[codeIndex];
  }
}
