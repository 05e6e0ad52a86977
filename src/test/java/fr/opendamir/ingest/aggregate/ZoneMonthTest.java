package fr.opendamir.ingest.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.ingest.source.InvalidSourceFileException;
import fr.opendamir.ingest.source.MonthlyFile;
import fr.opendamir.ingest.source.SourceLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Months until 2014, with zones in the place of regions. */
class ZoneMonthTest {
  /** Copied from the official lexicon: its 55 variables, in its order. */
  private static final List<String> LEXICON =
      List.of(
          """
          AGE_BEN_SNDS;ASU_NAT;ATT_NAT;BEN_CMU_TOP;BEN_QLT_COD;BEN_RES_ZEAT;BEN_SEX_COD;CPL_COD;\
          CPT_ENV_TYP;DDP_SPE_COD;DRG_AFF_NAT;ETE_CAT_SNDS;ETE_IND_TAA;ETE_TYP_SNDS;ETE_ZEAT_COD;\
          ETP_CAT_SNDS;ETP_ZEAT_COD;EXE_INS_ZEAT;EXO_MTF;FLT_ACT_COG;FLT_ACT_NBR;FLT_ACT_QTE;\
          FLT_DEP_MNT;FLT_PAI_MNT;FLT_REM_MNT;FLX_ANN_MOI;MDT_TYP_COD;MFT_COD;MTM_NAT;\
          ORG_CLE_ZEAT;PRE_INS_ZEAT;PRS_ACT_COG;PRS_ACT_NBR;PRS_ACT_QTE;PRS_DEP_MNT;PRS_FJH_TYP;\
          PRS_NAT;PRS_PAI_MNT;PRS_PDS_QCP;PRS_PPU_SEC;PRS_REM_BSE;PRS_REM_MNT;PRS_REM_TAU;\
          PRS_REM_TYP;PSE_ACT_CAT;PSE_ACT_SNDS;PSE_SPE_SNDS;PSE_STJ_SNDS;PSP_ACT_CAT;\
          PSP_ACT_SNDS;PSP_SPE_SNDS;PSP_STJ_SNDS;SOI_ANN;SOI_MOI;TOP_PS5_TRG\
          """
              .split(";", -1));

  @TempDir Path folder;

  @Test
  void theLexiconNamesTheColumnsOfTheLayout() {
    assertThat(SourceLayout.ZONES_55.columns().stream().map(SourceLayout.ZONES_55::nameOf).toList())
        .containsExactlyInAnyOrderElementsOf(LEXICON);
    assertThat(RawText.ZONE_COLUMNS).containsExactlyInAnyOrderElementsOf(LEXICON);
  }

  /** Two hundred acts in the West, where the file has 5, and twenty overseas, where it has 9. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void zonesHaveCodesOfTheirOwn(boolean hasTrailingSeparator) throws IOException {
    RawText text = new RawText().columns(LEXICON);
    Path file =
        zone(zone(hasTrailingSeparator ? text : text.withoutTrailingSeparator(), 200, "5"), 20, "9")
            .writeTo(folder, "P201303.csv.gz");

    ProtectedMonth month = ProtectedMonth.of(file);

    assertThat(ProtectedMonth.scanTwice(file)).isEqualTo(month.totals());
    assertThat(MonthlyFile.inspect(file).layout()).isEqualTo(SourceLayout.ZONES_55);
    assertThat(month.totals().month()).hasToString("2013-03");
    assertThat(month.totals().totals())
        .containsEntry(SourceMeasure.QUANTITY, 220L)
        .containsEntry(SourceMeasure.CHARGED, 6_600_14L)
        .containsEntry(SourceMeasure.REIMBURSED, 4_620_80L);
    assertThat(month.blocks())
        .extracting(
            block -> block.codes().get(SourceLines.DIMENSIONS.indexOf("region")),
            block -> block.sums().get(0))
        .containsExactlyInAnyOrder(tuple("Z5", 200L), tuple("Z9", 20L));
  }

  /** A zone that no list has is kept and reported; one that is not filled in is not. */
  @Test
  void unknownZonesAreKept() throws IOException {
    Path file =
        zone(zone(zone(new RawText().columns(LEXICON), 50, "12"), 40, ""), 30, "0")
            .writeTo(folder, "P201303.csv");

    ProtectionCheck.protect(file);

    assertThat(ProtectedMonth.of(file).keys())
        .extracting(codes -> codes.get(SourceLines.DIMENSIONS.indexOf("region")))
        .containsExactlyInAnyOrder("Z12", "NR", "Z0");
    assertThat(ProtectedMonth.scanTwice(file).lines()).isEqualTo(3);
    try (MonthAggregation month = ProtectedMonth.open(file, ProtectedMonth.POLICY, 64, 1)) {
      var unused = month.scan((lines, share) -> {});
      assertThat(month.undocumentedCodes().toString()).isEqualTo("{REGION={Z12=1}}");
    }
  }

  @Test
  void theOrderAndCaseOfColumnsDoNotMatter() throws IOException {
    List<String> turned = new ArrayList<>(LEXICON);
    Collections.reverse(turned);
    String text = zone(new RawText().columns(turned), 30, "7").toString();
    Path file =
        Files.writeString(
            folder.resolve("P201303.csv"), text.replace("BEN_RES_ZEAT", "ben_res_zeat"));

    assertThat(ProtectedMonth.of(file).keys())
        .extracting(codes -> codes.get(SourceLines.DIMENSIONS.indexOf("region")))
        .containsExactly("Z7");
  }

  @Test
  void messagesNameTheColumnOfTheFile() throws IOException {
    Path file =
        zone(zone(new RawText().columns(LEXICON), 30, "5"), 1, "N,D")
            .writeTo(folder, "P201303.csv");

    assertThatThrownBy(() -> ProtectedMonth.scan(file))
        .isInstanceOf(InvalidSourceFileException.class)
        .hasMessageContainingAll("line 3", "column BEN_RES_ZEAT", "\"N,D\"");
  }

  private static RawText zone(RawText text, int quantity, String zone) {
    return text.acts(
        quantity,
        "1110",
        "FLX_ANN_MOI",
        "201303",
        "SOI_ANN",
        "2013",
        "SOI_MOI",
        "03",
        "BEN_RES_ZEAT",
        zone);
  }
}
