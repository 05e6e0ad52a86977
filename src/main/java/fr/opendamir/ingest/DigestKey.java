package fr.opendamir.ingest;

import fr.opendamir.ingest.port.ImportRefusedException;
import fr.opendamir.ingest.port.SourceDigest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The importer's secret key for digests of files that are not public. It is created at first use,
 * in a folder that only the importing user may read, and never changes: files that were imported
 * under another key are not recognised.
 *
 * <p>Used while a session holds the lock of imports, so that no other process reads a key that is
 * not yet complete.
 */
final class DigestKey {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int BYTES = 32;
  private static final Pattern TEXT = Pattern.compile("([0-9a-f]{64})\\R?");

  private final Path file;

  DigestKey(Path folder) {
    this.file = folder.resolve("digest.key");
  }

  boolean exists() {
    return Files.exists(file);
  }

  /** Recognises a file whether or not it was declared public at its earlier import. */
  boolean isDigestOf(String sha256, SourceDigest digest) {
    return digest.isPublic()
        ? digest.hex().equals(sha256)
        : exists() && digest.equals(digest(sha256));
  }

  /**
   * Returns the keyed digest of a file, from its SHA-256. Creates the key if there is none.
   *
   * @throws ImportRefusedException if the key is damaged, or cannot be read or created
   */
  SourceDigest digest(String sha256) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(exists() ? read() : create(), ALGORITHM));
      return SourceDigest.keyed(
          HexFormat.of().formatHex(mac.doFinal(sha256.getBytes(StandardCharsets.US_ASCII))));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    } catch (IOException e) {
      throw new ImportRefusedException(
          "the key of digests "
              + file
              + " cannot be read or created ("
              + e.getClass().getSimpleName()
              + "); let the importing user read and write that folder, or set another one"
              + " (opendamir.import.archive.folder)");
    }
  }

  private byte[] read() throws IOException {
    // Not as text: a damaged file may hold any bytes.
    var text = TEXT.matcher(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
    if (!text.matches()) {
      throw new ImportRefusedException(
          "the key of digests "
              + file
              + " is damaged: restore it from a backup, or delete it; then a new one is created,"
              + " and files that were imported before are not recognised as unchanged");
    }
    return HexFormat.of().parseHex(text.group(1));
  }

  private byte[] create() throws IOException {
    Path folder = file.getParent();
    Files.createDirectories(folder);
    AtomFolder.restrict(folder, "rwx------");
    try {
      Files.createFile(file);
    } catch (FileAlreadyExistsException e) {
      return read(); // created by another process, but shown late by a network file system
    }
    byte[] key = new byte[BYTES];
    new SecureRandom().nextBytes(key);
    try {
      AtomFolder.restrict(file, "rw-------");
      Files.writeString(
          file,
          HexFormat.of().formatHex(key) + "\n",
          StandardOpenOption.WRITE,
          StandardOpenOption.DSYNC);
    } catch (IOException e) {
      throw AtomFolder.deleted(file, e);
    }
    return key;
  }
}
