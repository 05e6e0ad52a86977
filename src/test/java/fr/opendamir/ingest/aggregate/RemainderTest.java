package fr.opendamir.ingest.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is still not safe when everything is ND joins blocks, until it could be any number. */
class RemainderTest {
  @TempDir Path folder;

  @Test
  void blocksJoinInTheOrderOfTheirCodesUntilTheRemainderCouldBeAnyNumber() throws IOException {
    Path file =
        new RawText()
            .acts(12, "1110", "BEN_RES_REG", "11")
            .acts(500, "1110", "BEN_RES_REG", "24")
            .acts(60, "3313", "BEN_RES_REG", "24")
            .acts(3, "1351", "BEN_RES_REG", "27")
            .writeTo(folder);

    ProtectedMonth month = protect(file);

    // 3 and 12 would be two numbers for a reader who knows the method; 515 leave any.
    assertThat(merged(month).contributors()).isEqualTo(515);
    assertThat(month.blocks())
        .extracting(BlockFigures::contributors)
        .containsExactlyInAnyOrder(15L, 515L);
  }

  @Test
  void blocksJoinUntilReversalsAreCovered() throws IOException {
    Path file =
        new RawText()
            .acts(11, "1110", "BEN_RES_REG", "11")
            .acts(14, "1351", "BEN_RES_REG", "11")
            .acts(90, "1110", "BEN_RES_REG", "24")
            .acts(-5, "1110", "BEN_RES_REG", "27")
            .writeTo(folder);

    ProtectedMonth month = protect(file);

    // 11 - 5 acts are six people, with 14 of another service 20: still fewer than 32.
    assertThat(month.blocks()).containsExactly(merged(month));
    assertThat(merged(month).contributors()).isEqualTo(110);
  }

  @Test
  void blockOfSeveralServicesIsWeighedServiceByService() throws IOException {
    Path file =
        new RawText()
            .acts(7, "1110", "BEN_RES_REG", "11")
            .acts(-6, "1111", "BEN_RES_REG", "11")
            .acts(2, "1351", "BEN_RES_REG", "27")
            .acts(40, "1110", "BEN_RES_REG", "99")
            .writeTo(folder);

    ProtectedMonth month = protect(file);

    // The net quantity of the first block is one, its contributors are thirteen: with two more it
    // is not enough.
    assertThat(merged(month).contributors()).isEqualTo(55);
    assertThat(merged(month).sums().get(0)).isEqualTo(43);
  }

  @Test
  void blocksJoinTheRemainderUntilOneIsSafeWithIt() throws IOException {
    Path file =
        new RawText()
            .acts(11, "1110", "BEN_RES_REG", "11")
            .acts(12, "1110", "BEN_RES_REG", "24")
            .acts(-10, "1110", "BEN_RES_REG", "27")
            .writeTo(folder);

    ProtectedMonth month = protect(file);

    assertThat(month.blocks()).singleElement().isEqualTo(merged(month));
    assertThat(merged(month).contributors()).isEqualTo(13);
  }

  /** Blocks of amounts alone cannot shelter acts: two of them must be given up, then a third. */
  @Test
  void severalBlocksJoinTheRemainderWhereOneIsNotEnough() throws IOException {
    Path file =
        new RawText()
            .lines(11, "FLT_ACT_QTE", "0", "BEN_RES_REG", "32")
            .lines(12, "FLT_ACT_QTE", "0", "BEN_RES_REG", "44")
            .acts(13, "1110", "BEN_RES_REG", "11")
            .acts(14, "1110", "BEN_RES_REG", "24")
            .acts(-10, "1110", "BEN_RES_REG", "27")
            .writeTo(folder);

    ProtectedMonth month = protect(file);

    assertThat(month.blocks()).singleElement().isEqualTo(merged(month));
    assertThat(merged(month).contributors()).isEqualTo(17);
  }

  @Test
  void monthIsRefusedWhereNoBlockIsSafeWithTheRemainder() throws IOException {
    Path file =
        new RawText()
            .lines(11, "FLT_ACT_QTE", "0", "BEN_RES_REG", "32")
            .lines(12, "FLT_ACT_QTE", "0", "BEN_RES_REG", "44")
            .lines(13, "FLT_ACT_QTE", "0", "BEN_RES_REG", "52")
            .acts(5, "1110")
            .writeTo(folder);

    assertThatThrownBy(() -> month(file)).isInstanceOf(TooFewContributorsException.class);
  }

  @Test
  void remainderOfAmountsAloneJoinsABlock() throws IOException {
    Path file =
        new RawText()
            .lines(4, "FLT_ACT_QTE", "0", "PRS_NAT", "1952", "FLT_PAI_MNT", "25")
            .acts(30, "1110", "BEN_RES_REG", "11")
            .acts(13, "1110", "BEN_RES_REG", "24")
            .writeTo(folder);

    ProtectedMonth month = protect(file);

    assertThat(month.blocks()).hasSize(2);
    assertThat(merged(month).contributors()).isEqualTo(30);
  }

  private static ProtectedMonth protect(Path file) throws IOException {
    ProtectedMonth month = month(file);
    ProtectionCheck.check(file, month);
    return month;
  }

  /** Bounded, because a search that starts again might do so for ever. */
  private static ProtectedMonth month(Path file) throws IOException {
    MonthAggregation aggregation = ProtectedMonth.open(file, ProtectedMonth.POLICY, 256, 2);
    try {
      return CompletableFuture.supplyAsync(() -> ProtectedMonth.run(aggregation))
          .orTimeout(2, TimeUnit.MINUTES)
          .join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    } finally {
      aggregation.close();
    }
  }

  /** The merged block with quantities; others can have parts of the amounts. */
  private static BlockFigures merged(ProtectedMonth month) {
    return month.blocks().stream()
        .filter(block -> block.codes().equals(ReferenceBlock.ALL_NOT_DISCLOSED))
        .filter(block -> block.sums().get(0) != 0)
        .findFirst()
        .orElseThrow();
  }
}
