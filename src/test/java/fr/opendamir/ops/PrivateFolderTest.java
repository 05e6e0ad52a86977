package fr.opendamir.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders that hold what is executed or believed. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class PrivateFolderTest {
  @TempDir Path root;
  private Path folder;

  @BeforeEach
  void name() {
    folder = root.resolve("data");
  }

  @Test
  void newFoldersAreOfTheirOwnerAlone() throws IOException {
    PrivateFolder.require(folder);
    assertThat(mode(folder)).isEqualTo("rwx------");
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxr-xr-x", "rwxr-x---", "rwx--x--x", "rwx------"})
  void foldersThatOthersMayReadBecomePrivate(String mode) throws IOException {
    make(mode);
    PrivateFolder.require(folder);
    assertThat(mode(folder)).isEqualTo("rwx------");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"rwxrwx---", "rwxrwxr-x", "rwxr-xrwx", "rwxrwxrwx", "rwx-w----", "rwx----w-"})
  void foldersThatOthersMayWriteToAreRefusedAndLeftAlone(String mode) throws IOException {
    make(mode);
    assertThatThrownBy(() -> PrivateFolder.require(folder))
        .isInstanceOf(UnsafeFolderException.class)
        .hasMessageContaining("chmod 700 " + folder);
    assertThat(mode(folder)).isEqualTo(mode);
  }

  @Test
  void linksWithinAreRefused() throws IOException {
    PrivateFolder.require(folder);
    Files.createSymbolicLink(folder.resolve("programs"), root);
    assertThatThrownBy(() -> PrivateFolder.requireWithin(folder, "programs"))
        .hasMessageContaining("is a link to elsewhere");
  }

  @Test
  void secretsThatOthersMayReadAreRefused() throws IOException {
    PrivateFolder.require(folder);
    Path file = folder.resolve("secret");
    PrivateFolder.writeNew(file, "s");
    assertThat(mode(file)).isEqualTo("rw-------");
    PrivateFolder.requireSecret(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> PrivateFolder.requireSecret(file))
        .hasMessageContaining("chmod 600 " + file);
  }

  @Test
  void whatIsUnpackedGoesAtTheEndAndAfterKilledProcesses() throws IOException {
    String before = System.getProperty("java.io.tmpdir");
    Path abandoned = folder.resolve("unpacked/opendamir-" + Long.MAX_VALUE + "-00");
    PrivateFolder.require(folder);
    PrivateFolder.requireWithin(folder, "unpacked");
    Files.createDirectories(abandoned.resolve("vertx-cache"));
    Path unpacked;
    try (Unpacked own = Unpacked.below(folder)) {
      unpacked = own.folder();
      assertThat(abandoned).doesNotExist();
      assertThat(mode(unpacked)).isEqualTo("rwx------");
      assertThat(System.getProperty("java.io.tmpdir")).isEqualTo(unpacked.toString());
      assertThat(System.getProperty("vertx.cacheDirBase")).startsWith(unpacked.toString());
      Files.writeString(unpacked.resolve("library.so"), "");
    }
    assertThat(unpacked).doesNotExist();
    assertThat(System.getProperty("java.io.tmpdir")).isEqualTo(before);
  }

  private void make(String mode) throws IOException {
    Files.createDirectory(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
