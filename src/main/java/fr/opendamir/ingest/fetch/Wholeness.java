package fr.opendamir.ingest.fetch;

import fr.opendamir.ingest.source.MonthlyFile;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.DoubleConsumer;

/**
 * Whether a file is whole, and the proof beside it: {@code A202501.csv.gz.sha256}, as {@code
 * sha256sum -c} reads it.
 */
final class Wholeness {
  private static final int BUFFER = 1 << 16;

  private Wholeness() {}

  /**
   * Reads a file once, to the last byte of what it holds compressed.
   *
   * @param progress share that was read, 0..1
   * @return its SHA-256, in hexadecimal
   * @throws IOException if the compressed stream is cut or damaged, or the disk fails
   */
  static String check(Path path, DoubleConsumer progress) throws IOException {
    long size = Files.size(path);
    MessageDigest digest = sha256();
    try (InputStream file = Files.newInputStream(path);
        InputStream counted = counted(file, size, progress);
        DigestInputStream digested = new DigestInputStream(counted, digest)) {
      // The digest is of all bytes, also of those that the inflater does not ask for.
      InputStream raw = new BufferedInputStream(digested, BUFFER);
      raw.mark(2);
      boolean isGzip = raw.read() == 0x1f && raw.read() == 0x8b;
      raw.reset();
      readAll(isGzip ? MonthlyFile.inflated(raw) : raw);
      readAll(raw);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static InputStream counted(InputStream in, long size, DoubleConsumer progress) {
    return new FilterInputStream(in) {
      private long read;

      @Override
      public int read(byte[] buffer, int from, int length) throws IOException {
        int bytes = super.read(buffer, from, length);
        read += Math.max(bytes, 0);
        progress.accept((double) read / size);
        return bytes;
      }
    };
  }

  private static void readAll(InputStream in) throws IOException {
    byte[] buffer = new byte[BUFFER];
    int read = in.read(buffer);
    while (read >= 0) {
      read = in.read(buffer);
    }
  }

  /** The proof of a file. */
  static Path proof(Path file) {
    return file.resolveSibling(file.getFileName() + ".sha256");
  }

  /** Writes the proof of a file; it has its name only once it is whole. */
  static void prove(Path file, String sha256) throws IOException {
    Path proof = proof(file);
    Path partial = proof.resolveSibling(proof.getFileName() + ".part");
    Files.writeString(partial, sha256 + "  " + file.getFileName() + "\n", StandardCharsets.UTF_8);
    move(partial, proof);
  }

  /** Moves a file over another one at once. */
  static Path move(Path from, Path to) throws IOException {
    return Files.move(
        from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
