package fr.opendamir.ingest.aggregate;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * The text of a monthly file, right or wrong. A line says how it differs from an ordinary
 * consultation of January 2025; everything about the form of the file can be changed.
 */
final class RawText {
  /** The header of the files since October 2024, copied from a genuine one. */
  static final List<String> COLUMNS =
      List.of(
          """
          FLX_ANN_MOI;ORG_CLE_REG;AGE_BEN_SNDS;BEN_RES_REG;BEN_CMU_TOP;BEN_QLT_COD;BEN_SEX_COD;\
          DDP_SPE_COD;ETE_CAT_SNDS;ETE_REG_COD;ETE_TYP_SNDS;ETP_REG_COD;ETP_CAT_SNDS;MDT_TYP_COD;\
          MFT_COD;PRS_FJH_TYP;PRS_ACT_COG;PRS_ACT_NBR;PRS_ACT_QTE;PRS_DEP_MNT;PRS_PAI_MNT;\
          PRS_REM_BSE;PRS_REM_MNT;FLT_ACT_COG;FLT_ACT_NBR;FLT_ACT_QTE;FLT_PAI_MNT;FLT_DEP_MNT;\
          FLT_REM_MNT;SOI_ANN;SOI_MOI;ASU_NAT;ATT_NAT;CPL_COD;CPT_ENV_TYP;DRG_AFF_NAT;ETE_IND_TAA;\
          EXO_MTF;MTM_NAT;PRS_NAT;PRS_PPU_SEC;PRS_REM_TAU;PRS_REM_TYP;PRS_PDS_QCP;EXE_INS_REG;\
          PSE_ACT_SNDS;PSE_ACT_CAT;PSE_SPE_SNDS;PSE_STJ_SNDS;PRE_INS_REG;PSP_ACT_SNDS;PSP_ACT_CAT;\
          PSP_SPE_SNDS;PSP_STJ_SNDS;TOP_PS5_TRG;ETB_DCS_MCO\
          """
              .split(";", -1));

  /** The variables of the lexicon of the files until 2014, in the order of later files. */
  static final List<String> ZONE_COLUMNS =
      COLUMNS.subList(0, 55).stream()
          .map(name -> name.replace("_REG_COD", "_ZEAT_COD").replaceFirst("_REG$", "_ZEAT"))
          .toList();

  static final List<String> MEASURE_COLUMNS = COLUMNS.subList(16, 29);

  private static final String ORDINARY =
      """
      202501;11;40;11;0;1;2;121;9999;99;99;99;9999;9;99;0;1;1;1;5;30;25;16.5;1;1;1;30;5;16.5;\
      2025;01;10;0;0;1;35;9;0;0;1110;2;70;0;11;11;0;1;1;1;99;0;0;0;0;1;Z\
      """;

  private final List<String> lines = new ArrayList<>();
  private List<String> columns = COLUMNS;
  private String start = "";
  private String lineEnd = "\n";
  private String fieldEnd = ";";
  private String end = "\n";

  /** Another header, for the lines to come too. */
  RawText columns(List<String> names) {
    columns = List.copyOf(names);
    return this;
  }

  RawText start(String text) {
    start = text;
    return this;
  }

  RawText lineEnd(String text) {
    lineEnd = text;
    end = text;
    return this;
  }

  /** What comes after the last line. */
  RawText end(String text) {
    end = text;
    return this;
  }

  RawText withoutTrailingSeparator() {
    fieldEnd = "";
    return this;
  }

  /** Adds a line; the arguments are column, value, column, value, … */
  RawText line(String... differences) {
    Map<String, String> values = new LinkedHashMap<>();
    String[] ordinary = ORDINARY.split(";", -1);
    for (int i = 0; i < COLUMNS.size(); i++) {
      values.put(COLUMNS.get(i), ordinary[i]);
    }
    for (int i = 0; i < differences.length; i += 2) {
      values.put(differences[i], differences[i + 1]);
    }
    return raw(
        String.join(";", columns.stream().map(name -> values.getOrDefault(name, "")).toList())
            + fieldEnd);
  }

  RawText lines(int count, String... differences) {
    for (int i = 0; i < count; i++) {
      line(differences);
    }
    return this;
  }

  /**
   * Adds acts of a service on one line, whose amounts follow the quantity; each act is counted as
   * one trip, stay or payment.
   */
  RawText acts(int quantity, String service, String... differences) {
    List<String> all = new ArrayList<>(List.of("PRS_NAT", service));
    for (String column : List.of("PRS_ACT_QTE", "FLT_ACT_QTE", "PRS_ACT_NBR", "FLT_ACT_NBR")) {
      all.addAll(List.of(column, String.valueOf(quantity)));
    }
    for (String column : List.of("PRS_PAI_MNT", "FLT_PAI_MNT", "PRS_REM_BSE")) {
      all.addAll(List.of(column, 30 * quantity + ".07"));
    }
    for (String column : List.of("PRS_REM_MNT", "FLT_REM_MNT")) {
      all.addAll(List.of(column, 21 * quantity + ".4"));
    }
    all.addAll(List.of(differences));
    return line(all.toArray(String[]::new));
  }

  /** Adds consultations at their tariff on one line, and excess fees in euros. */
  RawText consultations(int quantity, int excessFees, String... differences) {
    String charged = String.valueOf(30 * quantity + excessFees);
    String base = String.valueOf(30 * quantity);
    String reimbursed = String.valueOf(21 * quantity);
    List<String> all =
        new ArrayList<>(
            List.of(
                "FLT_DEP_MNT", "" + excessFees, "PRS_DEP_MNT", "" + excessFees, "PRS_NAT", "1110"));
    all.addAll(List.of("FLT_PAI_MNT", charged, "PRS_PAI_MNT", charged, "PRS_REM_BSE", base));
    all.addAll(List.of("FLT_REM_MNT", reimbursed, "PRS_REM_MNT", reimbursed));
    for (String column : List.of("PRS_ACT_QTE", "FLT_ACT_QTE", "PRS_ACT_NBR", "FLT_ACT_NBR")) {
      all.addAll(List.of(column, String.valueOf(quantity)));
    }
    all.addAll(List.of(differences));
    return line(all.toArray(String[]::new));
  }

  /** Adds a line as it is. */
  RawText raw(String line) {
    lines.add(line);
    return this;
  }

  /** The lines so far, without the header. */
  List<String> lines() {
    return List.copyOf(lines);
  }

  Path writeTo(Path folder) throws IOException {
    return writeTo(folder, "A202501.csv");
  }

  /** Writes the file; compressed where its name ends with {@code .gz}. */
  Path writeTo(Path folder, String name) throws IOException {
    byte[] text = toString().getBytes(StandardCharsets.UTF_8);
    return Files.write(folder.resolve(name), name.endsWith(".gz") ? gzip(text) : text);
  }

  static byte[] gzip(byte[] text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text);
    }
    return bytes.toByteArray();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(start);
    text.append(String.join(";", columns)).append(fieldEnd);
    lines.forEach(line -> text.append(lineEnd).append(line));
    return text.append(end).toString();
  }
}
