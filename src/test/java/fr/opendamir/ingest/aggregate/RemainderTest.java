package fr.opendamir.ingest.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is still not safe when everything is ND joins a block that is safe with it. */
class RemainderTest {
  private static final List<String> ALL_NOT_DISCLOSED =
      SourceLines.DIMENSIONS.stream().map(dimension -> "ND").toList();

  @TempDir Path folder;

  @Test
  void remainderJoinsTheSmallestBlock() throws IOException {
    Path file =
        new RawText()
            .acts(12, "1110", "BEN_RES_REG", "11")
            .acts(500, "1110", "BEN_RES_REG", "24")
            .acts(60, "3313", "BEN_RES_REG", "24")
            .acts(3, "1351", "BEN_RES_REG", "27")
            .writeTo(folder);

    ProtectedMonth month = protect(file);

    assertThat(month.blocks()).extracting(BlockFigures::contributors).containsOnly(15L, 500L);
    assertThat(month.blocks()).hasSize(3);
    assertThat(merged(month).contributors()).isEqualTo(15);
  }

  @Test
  void smallestBlockIsPassedOverWhereReversalsWouldMakeItUnsafe() throws IOException {
    Path file =
        new RawText()
            .acts(11, "1110", "BEN_RES_REG", "11")
            .acts(14, "1351", "BEN_RES_REG", "11")
            .acts(90, "1110", "BEN_RES_REG", "24")
            .acts(-5, "1110", "BEN_RES_REG", "27")
            .writeTo(folder);

    ProtectedMonth month = protect(file);

    // 11 - 5 acts would be six people; 14 of another service and 5 reversals are 19.
    assertThat(merged(month).contributors()).isEqualTo(19);
    assertThat(month.keys()).anyMatch(codes -> codes.contains("11") && codes.contains("1110"));
  }

  @Test
  void blockOfSeveralServicesIsWeighedServiceByService() throws IOException {
    Path file =
        new RawText()
            .acts(6, "1110", "BEN_RES_REG", "11")
            .acts(-6, "1111", "BEN_RES_REG", "11")
            .acts(2, "1351", "BEN_RES_REG", "27")
            .acts(40, "1110", "BEN_RES_REG", "99")
            .writeTo(folder);

    ProtectedMonth month = protect(file);

    // The consultations' net quantity is zero, their contributors are twelve.
    assertThat(merged(month).contributors()).isEqualTo(14);
    assertThat(merged(month).sums().get(0)).isEqualTo(2);
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
  void remainderOfAmountsAloneJoinsTheSmallestBlock() throws IOException {
    Path file =
        new RawText()
            .lines(4, "FLT_ACT_QTE", "0", "PRS_NAT", "1952")
            .acts(12, "1110", "BEN_RES_REG", "11")
            .acts(13, "1110", "BEN_RES_REG", "24")
            .writeTo(folder);

    ProtectedMonth month = protect(file);

    assertThat(merged(month).contributors()).isEqualTo(12);
  }

  private static ProtectedMonth protect(Path file) throws IOException {
    ProtectedMonth month = month(file);
    ProtectionCheck.check(file, month, 11);
    return month;
  }

  /** Bounded, because a search that starts again might do so for ever. */
  private static ProtectedMonth month(Path file) throws IOException {
    MonthAggregation aggregation = ProtectedMonth.open(file, ProtectedMonth.POLICY, 256, 2);
    try {
      return CompletableFuture.supplyAsync(() -> ProtectedMonth.run(aggregation))
          .orTimeout(5, TimeUnit.SECONDS)
          .join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    } finally {
      aggregation.close();
    }
  }

  private static BlockFigures merged(ProtectedMonth month) {
    return month.blocks().stream()
        .filter(block -> block.codes().equals(ALL_NOT_DISCLOSED))
        .findFirst()
        .orElseThrow();
  }
}
