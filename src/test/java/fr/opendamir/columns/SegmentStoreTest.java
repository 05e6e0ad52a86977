package fr.opendamir.columns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import fr.opendamir.query.Segment;
import fr.opendamir.testing.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
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
  private final Damages damages = new Damages();
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
        Settings.of(ColumnsConfig.class, Map.of()),
        damages);
  }

  private void reopen() {
    store.stop(null);
    store = open();
  }

  /** Changes a bit of a file, which then looks as if nobody had written to it. */
  private void damageUnnoticed(SegmentFile file) throws IOException {
    Path path = store.folder().path(file.segment());
    FileTime time = Files.getLastModifiedTime(path);
    byte[] changed = file.bytes();
    changed[changed.length / 2] ^= 1;
    Files.write(path, changed);
    Files.setLastModifiedTime(path, time);
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
    assertThat(files())
        .containsExactlyInAnyOrder(
            store.folder().path(january.segment()),
            mark(january),
            store.folder().path(february.segment()),
            mark(february));
    assertThat(store.unchecked()).isZero();
  }

  private Path mark(SegmentFile file) {
    return store.folder().path().resolve(file.segment().sha256() + ".checked");
  }

  @Test
  void whatIsOnTheDiskIsNotFetchedAgain() {
    awaitHeld(january.segment());
    int before = database.parts.get();

    reopen();
    awaitHeld(january.segment());
    Eventually.isTrue(() -> store.hasChecked(List.of(january.segment())));

    assertThat(database.parts).hasValue(before);
    assertThat(store.fetches()).isZero();
    assertThat(store.failures()).isZero();
  }

  @Test
  void aFileThatWasIntactIsUsedBeforeItIsCheckedAgain() throws IOException {
    awaitHeld(january.segment());
    damageUnnoticed(january);

    reopen();
    awaitHeld(january.segment());
    Eventually.isTrue(() -> store.fetches() == 1);
    Eventually.isTrue(() -> store.hasChecked(List.of(january.segment())));

    assertThat(damages.segments).as("was held").containsExactly(january.segment());
    assertThat(store.failures()).isEqualTo(1);
    assertThat(Files.readAllBytes(store.folder().path(january.segment())))
        .isEqualTo(january.bytes());
  }

  @Test
  void aFileThatIsNotMarkedIsCheckedBeforeItIsUsed() throws IOException {
    awaitHeld(january.segment(), february.segment());
    damageUnnoticed(january);
    Files.delete(mark(january));
    damageUnnoticed(february);
    Files.writeString(mark(february), "");

    reopen();
    awaitHeld(january.segment(), february.segment());

    assertThat(store.fetches()).isEqualTo(2);
    assertThat(damages.segments).isEmpty();

    reopen();
    awaitHeld(january.segment(), february.segment());
    Eventually.isTrue(() -> store.unchecked() == 0);
    assertThat(store.fetches()).isZero();
  }

  @Test
  void aDamagedFileIsNotUsedByTheNextStartEither() throws IOException {
    awaitHeld(january.segment());
    damageUnnoticed(january);
    database.isAway = true;
    reopen();
    awaitHeld(january.segment());
    Eventually.isTrue(() -> store.failures() > 1);
    assertThat(store.holds(List.of(january.segment()))).isFalse();
    assertThat(store.hasChecked(List.of(january.segment()))).isFalse();
    assertThat(store.missing()).isEqualTo(1);

    reopen();
    assertThat(store.holds(List.of(january.segment()))).isFalse();
    Eventually.isTrue(() -> store.failures() > 0);
    assertThat(store.holds(List.of(january.segment()))).isFalse();
    assertThat(damages.segments).hasSize(1);

    database.isAway = false;
    awaitHeld(january.segment());
  }

  @Test
  void nobodyElseMayReadSegments() throws IOException {
    Path shared = folder.resolve("segments");
    assumeThat(Files.getFileStore(shared).supportsFileAttributeView("posix")).isTrue();
    awaitHeld(january.segment());
    Path file = store.folder().path(january.segment());
    assertThat(permissions(shared)).isEqualTo("rwx------");
    assertThat(permissions(file)).isEqualTo("rw-------");

    Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    reopen();
    awaitHeld(january.segment());
    Eventually.isTrue(() -> store.hasChecked(List.of(january.segment())));

    assertThat(permissions(shared)).isEqualTo("rwx------");
    assertThat(permissions(file)).isEqualTo("rw-------");
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void aFileThatIsCutShortIsFetchedAgain() throws IOException {
    awaitHeld(january.segment());
    Path file = store.folder().path(january.segment());
    FileTime time = Files.getLastModifiedTime(file);
    Files.write(file, Arrays.copyOf(january.bytes(), 1_000));
    Files.setLastModifiedTime(file, time);

    reopen();
    awaitHeld(january.segment());

    assertThat(damages.segments).as("never used").isEmpty();
    assertThat(Files.readAllBytes(file)).isEqualTo(january.bytes());
    assertThat(store.fetches()).isEqualTo(1);
  }

  @Test
  void aFileThatWasChangedIsNotUsedAndFetchedAgain() throws IOException {
    awaitHeld(january.segment());
    Path file = store.folder().path(january.segment());
    FileTime time = Files.getLastModifiedTime(file);
    damageUnnoticed(january);
    Files.setLastModifiedTime(file, FileTime.fromMillis(time.toMillis() + 1));

    reopen();
    awaitHeld(january.segment());

    assertThat(damages.segments).as("never used").isEmpty();
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
    for (Path file :
        List.of(
            orphan, foreign, abandoned, store.folder().path(january.segment()), mark(january))) {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(7_200)));
    }

    store.retain(List.of(february.segment()));

    Eventually.isTrue(() -> !Files.exists(orphan) && !Files.exists(abandoned));
    Eventually.isTrue(() -> files().size() == 5);
    assertThat(files())
        .containsExactlyInAnyOrder(
            fresh, foreign, inUse, store.folder().path(february.segment()), mark(february));
    assertThat(store.segments()).isEqualTo(1);
  }

  @Test
  void twoServicesShareAFolder() {
    SegmentStore other = open();
    assertThat(other.holds(List.of(january.segment()))).isFalse();
    awaitHeld(january.segment());
    Eventually.isTrue(() -> other.holds(List.of(january.segment())));

    other.stop(null);
    assertThat(files())
        .containsExactlyInAnyOrder(store.folder().path(january.segment()), mark(january));
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
