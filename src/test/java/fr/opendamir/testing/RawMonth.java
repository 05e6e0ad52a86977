package fr.opendamir.testing;

import fr.opendamir.ingest.source.MonthlyFile;
import fr.opendamir.ingest.source.SourceColumn;
import fr.opendamir.ingest.source.SourceLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A monthly file written line by line: a line states what matters to the test, everything else is
 * an ordinary consultation of a woman of sixty in Île-de-France. Months before 2015 have zones in
 * the columns of regions.
 */
public final class RawMonth {
  private static final Map<SourceColumn, String> ORDINARY = new EnumMap<>(SourceColumn.class);

  static {
    for (SourceColumn column : SourceColumn.values()) {
      ORDINARY.put(column, "0");
    }
    ORDINARY.put(SourceColumn.AGE_BEN_SNDS, "60");
    ORDINARY.put(SourceColumn.BEN_RES_REG, "11");
    ORDINARY.put(SourceColumn.BEN_SEX_COD, "2");
    ORDINARY.put(SourceColumn.ASU_NAT, "10");
    ORDINARY.put(SourceColumn.ETE_TYP_SNDS, "99");
    ORDINARY.put(SourceColumn.PRS_NAT, "1110");
    ORDINARY.put(SourceColumn.PSE_SPE_SNDS, "1");
    ORDINARY.put(SourceColumn.ETB_DCS_MCO, "Z");
  }

  private final String month;
  private final List<String> lines = new ArrayList<>();

  /** A month as the files write it, {@code 202401}. */
  public RawMonth(String month) {
    this.month = month;
    lines.add(render(layout()::nameOf));
  }

  /**
   * Adds a line.
   *
   * @param quantity FLT_ACT_QTE
   * @param charged FLT_PAI_MNT
   * @param reimbursed FLT_REM_MNT and PRS_REM_MNT
   * @param differences column name, value, column name, value, …
   */
  public RawMonth line(long quantity, String charged, String reimbursed, String... differences) {
    Map<SourceColumn, String> values = new EnumMap<>(ORDINARY);
    values.put(SourceColumn.FLX_ANN_MOI, month);
    if (layout().hasZones()) {
      values.put(SourceColumn.BEN_RES_REG, "1");
    }
    values.put(SourceColumn.SOI_ANN, month.substring(0, 4));
    values.put(SourceColumn.SOI_MOI, month.substring(4));
    values.put(SourceColumn.FLT_ACT_QTE, String.valueOf(quantity));
    values.put(SourceColumn.FLT_PAI_MNT, charged);
    values.put(SourceColumn.FLT_REM_MNT, reimbursed);
    values.put(SourceColumn.PRS_REM_MNT, reimbursed);
    values.put(SourceColumn.PRS_REM_BSE, charged);
    for (int i = 0; i < differences.length; i += 2) {
      values.put(SourceColumn.valueOf(differences[i]), differences[i + 1]);
    }
    lines.add(render(values::get));
    return this;
  }

  /** Marks the file as a generated one. */
  public RawMonth synthetic() {
    lines.set(0, lines.get(0) + MonthlyFile.SYNTHETIC);
    return this;
  }

  /** Writes the file into the folder under the name the producer would give it. */
  public Path writeTo(Path folder) {
    return writeTo(folder, (layout().hasZones() ? "P" : "A") + month + ".csv");
  }

  public Path writeTo(Path folder, String name) {
    try {
      return Files.writeString(
          folder.resolve(name), String.join("\n", lines) + "\n", StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All columns since 2015; before, those of that time. */
  private SourceLayout layout() {
    return month.compareTo("2015") < 0 ? SourceLayout.ZONES_55 : SourceLayout.COLUMNS_56;
  }

  private String render(Function<SourceColumn, String> value) {
    StringBuilder line = new StringBuilder();
    for (SourceColumn column : layout().columns()) {
      line.append(value.apply(column)).append(';');
    }
    return line.toString();
  }
}
