package fr.opendamir.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The packed database of a first start. The files here only look like those of a cluster. */
@EnabledOnOs({OS.LINUX, OS.MAC}) // links need rights elsewhere
class PreparedDatabaseTest {
  @TempDir Path root;
  private Path program;
  private Path database;
  private PreparedDatabase prepared;

  @BeforeEach
  void pack() throws IOException {
    program = Files.createDirectory(root.resolve("program"));
    Path made = root.resolve("made");
    for (String file :
        List.of(
            "postgres/PG_VERSION",
            "postgres/global/pg_control",
            "postgres/opendamir.pgpass",
            "postgres/pg_hba.conf",
            "postgres/epg-lock",
            "postgres/postmaster.opts",
            "archive/atoms.parquet",
            "programs/postgresql/PG-1/.exists",
            "programs/postgresql/PG-1/bin/postgres",
            "programs/postgresql/PG-1/lib/libpq.so.5.18",
            "lock")) {
      Files.createDirectories(made.resolve(file).getParent());
      Files.writeString(made.resolve(file), file);
    }
    Files.createDirectories(made.resolve("postgres/pg_notify"));
    Path version = made.resolve("programs/postgresql/PG-1");
    assertThat(version.resolve("bin/postgres").toFile().setExecutable(true)).isTrue();
    Files.createSymbolicLink(version.resolve("lib/libpq.so"), Path.of("libpq.so.5.18"));
    assertThat(PreparedDatabase.find(program)).isEmpty();
    Path running = Files.writeString(made.resolve("postgres/postmaster.pid"), "1");
    assertThatThrownBy(() -> PreparedDatabase.pack(made, program)).hasMessageContaining("runs");
    assertThat(program).isEmptyDirectory();
    Files.delete(running);
    PreparedDatabase.pack(made, program);
    prepared = PreparedDatabase.find(program).orElseThrow();
    database = root.resolve("data");
    PrivateFolder.require(database);
  }

  @Test
  void anEmptyFolderGetsTheClusterAndTheAtomsButNoSecret() throws IOException {
    prepared.unpackInto(database);
    assertThat(contents())
        .containsExactly(
            "archive",
            "archive/atoms.parquet",
            "postgres",
            "postgres/PG_VERSION",
            "postgres/global",
            "postgres/global/pg_control",
            "postgres/pg_notify",
            "programs",
            "programs/postgresql",
            "programs/postgresql/PG-1",
            "programs/postgresql/PG-1/.exists",
            "programs/postgresql/PG-1/bin",
            "programs/postgresql/PG-1/bin/postgres",
            "programs/postgresql/PG-1/lib",
            "programs/postgresql/PG-1/lib/libpq.so",
            "programs/postgresql/PG-1/lib/libpq.so.5.18");
    assertThat(database.resolve("postgres/global/pg_control"))
        .hasContent("postgres/global/pg_control");
    assertThat(ClusterAccess.isClosed(database.resolve("postgres"))).isFalse();
  }

  @Test
  void programsCanBeExecutedAndLinksLeadToThem() throws IOException {
    prepared.unpackInto(database);
    Path version = database.resolve("programs/postgresql/PG-1");
    assertThat(version.resolve("bin/postgres")).isExecutable();
    assertThat(version.resolve("lib/libpq.so.5.18").toFile().canExecute()).isFalse();
    assertThat(version.resolve("lib/libpq.so").toRealPath())
        .isEqualTo(version.resolve("lib/libpq.so.5.18").toRealPath());
  }

  @Test
  void itsFoldersAreOfTheirOwnerAlone() throws IOException {
    prepared.unpackInto(database);
    for (String folder : List.of("postgres", "archive", "programs")) {
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(database.resolve(folder))))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void aClusterIsNeverReplaced() throws IOException {
    write("postgres/PG_VERSION", "mine");
    prepared.unpackInto(database);
    assertThat(contents()).containsExactly("postgres", "postgres/PG_VERSION");
    assertThat(database.resolve("postgres/PG_VERSION")).hasContent("mine");
  }

  @Test
  void whereAtomsAreNothingIsUnpackedForTheirDatabaseMayComeBack() throws IOException {
    write("archive/earlier.parquet", "mine");
    prepared.unpackInto(database);
    assertThat(contents()).containsExactly("archive", "archive/earlier.parquet");
  }

  @Test
  void aLinkIsNeverReplaced() throws IOException {
    Path elsewhere = Files.createDirectory(root.resolve("elsewhere"));
    Files.createSymbolicLink(database.resolve("archive"), elsewhere);
    prepared.unpackInto(database);
    assertThat(contents()).containsExactly("archive");
    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void whatAKilledStartHasUnpackedIsUnpackedAgain() throws IOException {
    write("unpacking/postgres/PG_VERSION", "half");
    prepared.unpackInto(database);
    assertThat(database.resolve("postgres/PG_VERSION")).hasContent("postgres/PG_VERSION");
    assertThat(database.resolve("unpacking")).doesNotExist();
  }

  @Test
  void aFileThatIsCutOffLeavesTheFolderAsItWas() throws IOException {
    Path file;
    try (Stream<Path> files = Files.list(program)) {
      file = files.findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    prepared.unpackInto(database);
    assertThat(contents()).isEmpty();
  }

  private void write(String name, String text) throws IOException {
    Path path = database.resolve(name);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private List<String> contents() throws IOException {
    try (Stream<Path> all = Files.walk(database)) {
      return all.skip(1)
          .sorted(Comparator.naturalOrder())
          .map(path -> database.relativize(path).toString().replace('\\', '/'))
          .toList();
    }
  }
}
