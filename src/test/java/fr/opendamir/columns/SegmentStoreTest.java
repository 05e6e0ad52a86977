package fr.opendamir.columns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import fr.opendamir.query.Segment;
import fr.opendamir.testing.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentStoreTest {
  @TempDir Path folder;

  private final StoredSegments database = new StoredSegments();
  private SegmentFile january;
  private SegmentFile february;
  private SegmentStore store;

  @BeforeEach
  void makeSegments() throws SQLException, IOException {
    january = SegmentFile.of(folder, 1, "2024-01", 300_000, 11);
    february = SegmentFile.of(folder, 2, "2024-02", 90, 9);
    database.add(january);
    database.add(february);
    store = open();
  }

  @AfterEach
  void close() {
    store.stop(null);
  }

  private SegmentStore open() {
    return new SegmentStore(
        database,
        Settings.of(
            SegmentsConfig.class,
            Map.of("opendamir.segments.folder", folder.resolve("segments").toString())),
        Settings.of(ColumnsConfig.class, Map.of()));
  }

  private void awaitHeld(Segment... segments) {
    Eventually.isTrue(() -> store.holds(List.of(segments)));
  }

  @Test
  void segmentsAreFetchedPartByPartAndHaveTheirBytes() throws IOException {
    assertThat(january.segment().parts()).isGreaterThan(1);
    assertThat(store.holds(List.of(january.segment()))).isFalse();

    awaitHeld(january.segment(), february.segment());

    assertThat(Files.readAllBytes(store.folder().path(january.segment())))
        .isEqualTo(january.bytes());
    assertThat(database.parts).hasValue(january.segment().parts() + 1);
    assertThat(store.fetchedBytes())
        .isEqualTo(january.segment().bytes() + february.segment().bytes());
    assertThat(files()).hasSize(2);
  }

  @Test
  void whatIsOnTheDiskIsNotFetchedAgain() {
    awaitHeld(january.segment());
    store.stop(null);
    int before = database.parts.get();

    store = open();
    awaitHeld(january.segment());

    assertThat(database.parts).hasValue(before);
    assertThat(store.fetches()).isZero();
  }

  @Test
  void aFileThatIsCutShortIsFetchedAgain() throws IOException {
    awaitHeld(january.segment());
    store.stop(null);
    Path file = store.folder().path(january.segment());
    Files.write(file, Arrays.copyOf(january.bytes(), 1_000));

    store = open();
    awaitHeld(january.segment());

    assertThat(Files.readAllBytes(file)).isEqualTo(january.bytes());
    assertThat(store.fetches()).isEqualTo(1);
  }

  @Test
  void aFileThatWasChangedIsNotUsedAndFetchedAgain() throws IOException {
    awaitHeld(january.segment());
    store.stop(null);
    Path file = store.folder().path(january.segment());
    byte[] changed = january.bytes().clone();
    changed[changed.length / 2] ^= 1;
    Files.write(file, changed);

    store = open();
    awaitHeld(january.segment());

    assertThat(store.fetches()).isEqualTo(1);
    assertThat(Files.readAllBytes(file)).isEqualTo(january.bytes());
  }

  @Test
  void aFileThatVanishedIsFetchedAgainWhenAScanMissesIt() throws IOException {
    awaitHeld(february.segment());
    Files.delete(store.folder().path(february.segment()));

    store.suspect(List.of(february.segment()));

    Eventually.isTrue(() -> store.fetches() == 2);
    awaitHeld(february.segment());
  }

  @Test
  void bytesWithAnotherChecksumAreNotUsed() {
    database.damage =
        part -> {
          byte[] damaged = part.clone();
          damaged[0] ^= 1;
          return damaged;
        };
    assertThat(store.holds(List.of(february.segment()))).isFalse();
    Eventually.isTrue(() -> store.failures() == 1);
    assertThat(store.holds(List.of(february.segment()))).isFalse();
    assertThat(files()).isEmpty();

    database.damage = part -> part;
    awaitHeld(february.segment());
  }

  @Test
  void whileTheDatabaseIsAwayFetchingIsTriedAgain() {
    database.isAway = true;
    assertThat(store.holds(List.of(february.segment()))).isFalse();
    Eventually.isTrue(() -> store.failures() > 0);
    assertThat(store.missing()).isEqualTo(1);

    database.isAway = false;
    awaitHeld(february.segment());
    assertThat(store.missing()).isZero();
  }

  @Test
  void aSegmentThatIsNoLongerPublishedIsGivenUp() {
    Segment withdrawn = new Segment(3, Optional.empty(), "0".repeat(64), 10, 1);
    assertThat(store.holds(List.of(withdrawn))).isFalse();

    Eventually.isTrue(() -> store.missing() == 0);
    assertThat(files()).isEmpty();
  }

  @Test
  void whatNoReleaseNamesIsRemovedOnceItIsSettled() throws IOException {
    awaitHeld(january.segment(), february.segment());
    Path orphan = store.folder().path().resolve("killed-1.part");
    Path fresh = store.folder().path().resolve("fetching-2.part");
    Path foreign = store.folder().path().resolve("notes.txt");
    for (Path file : List.of(orphan, fresh, foreign)) {
      Files.writeString(file, "x");
    }
    Path abandoned = Files.createDirectory(store.folder().path().resolve("spill-of-a-killed-one"));
    Path inUse = Files.createDirectory(store.folder().path().resolve("spill-of-another"));
    Files.writeString(abandoned.resolve("spilled.tmp"), "x");
    for (Path file : List.of(orphan, foreign, abandoned, store.folder().path(january.segment()))) {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(7_200)));
    }

    store.retain(List.of(february.segment()));

    Eventually.isTrue(() -> !Files.exists(orphan) && !Files.exists(abandoned));
    Eventually.isTrue(() -> files().size() == 4);
    assertThat(files())
        .containsExactlyInAnyOrder(fresh, foreign, inUse, store.folder().path(february.segment()));
    assertThat(store.segments()).isEqualTo(1);
  }

  @Test
  void twoServicesShareAFolder() {
    SegmentStore other = open();
    assertThat(other.holds(List.of(january.segment()))).isFalse();
    awaitHeld(january.segment());
    Eventually.isTrue(() -> other.holds(List.of(january.segment())));

    other.stop(null);
    assertThat(files()).containsExactly(store.folder().path(january.segment()));
    assertThat(store.folder().isIntact(january.segment())).isTrue();
  }

  @Test
  void aFolderWithoutPermissionIsReportedAndTriedAgain() {
    assumeThat(System.getProperty("user.name")).as("root may write anywhere").isNotEqualTo("root");
    assertThat(store.folder().path().toFile().setWritable(false)).isTrue();
    assertThat(store.holds(List.of(february.segment()))).isFalse();
    Eventually.isTrue(() -> store.failures() > 0);

    assertThat(store.folder().path().toFile().setWritable(true)).isTrue();
    awaitHeld(february.segment());
  }

  private List<Path> files() {
    try (Stream<Path> files = Files.list(folder.resolve("segments"))) {
      return files.toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
