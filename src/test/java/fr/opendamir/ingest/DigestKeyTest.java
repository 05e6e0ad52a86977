package fr.opendamir.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.opendamir.ingest.port.ImportRefusedException;
import fr.opendamir.ingest.port.SourceDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestKeyTest {
  private static final String SHA256 = "0".repeat(64);

  @TempDir Path folder;

  @Test
  void theDigestIsTheOneOfOtherTools() throws IOException {
    // printf %064d 0 | openssl dgst -sha256 -mac HMAC -macopt hexkey:$(printf %064d 1)
    Files.writeString(folder.resolve("digest.key"), "0".repeat(63) + "1\n");

    assertThat(new DigestKey(folder).digest(SHA256))
        .isEqualTo(
            SourceDigest.keyed("b7f5d5939b26e42b94b4d446349705dd41362bb58b90170d273697510fb757de"));
  }

  @Test
  void aKeyIsCreatedOnceForTheImportingUserAlone() throws IOException {
    Path archive = folder.resolve("data/archive");
    DigestKey first = new DigestKey(archive);
    assertThat(first.isDigestOf(SHA256, SourceDigest.keyed(SHA256))).isFalse();
    assertThat(archive).doesNotExist();

    SourceDigest digest = first.digest(SHA256);

    assertThat(digest.hex()).matches("[0-9a-f]{64}").isNotEqualTo(SHA256);
    assertThat(digest.sha256()).isEmpty();
    assertThat(first.digest(SHA256)).isEqualTo(digest);
    assertThat(new DigestKey(archive).isDigestOf(SHA256, digest)).isTrue();
    assertThat(first.digest("1".repeat(64))).isNotEqualTo(digest);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(archive)))
        .isEqualTo("rwx------");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(archive.resolve("digest.key"))))
        .isEqualTo("rw-------");
  }

  @Test
  void anotherKeyGivesAnotherDigest() {
    assertThat(new DigestKey(folder.resolve("a")).digest(SHA256))
        .isNotEqualTo(new DigestKey(folder.resolve("b")).digest(SHA256));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "not a key", "0g", "\u00e9"})
  void aDamagedKeyIsNotReplaced(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("digest.key"), text);

    assertThatThrownBy(() -> new DigestKey(folder).digest(SHA256))
        .isInstanceOf(ImportRefusedException.class)
        .hasMessageContaining("is damaged: restore it from a backup, or delete it");
    assertThat(file).hasContent(text);
  }

  @Test
  void aFolderThatCannotBeUsedIsRefusedWithWhatToDo() throws IOException {
    Path file = Files.createFile(folder.resolve("archive"));

    assertThatThrownBy(() -> new DigestKey(file).digest(SHA256))
        .isInstanceOf(ImportRefusedException.class)
        .hasMessageContaining(file.resolve("digest.key").toString())
        .hasMessageContaining("opendamir.import.archive.folder");
  }

  @Test
  void aKeyThatCannotBeReadIsRefused() throws IOException {
    Files.createDirectory(folder.resolve("digest.key"));

    assertThatThrownBy(() -> new DigestKey(folder).digest(SHA256))
        .isInstanceOf(ImportRefusedException.class)
        .hasMessageContaining("cannot be read or created");
  }
}
