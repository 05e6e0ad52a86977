package fr.opendamir.ingest.aggregate;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Small monthly files in all forms, each changed at random. */
final class FileMutations {
  private static final String[] VALUES = {
    "",
    "0",
    "-",
    ".",
    "-.5",
    "+1",
    "1e2",
    "1E-3",
    "18.",
    "18.432",
    "018",
    "-0",
    "00",
    "0x10",
    "1,5",
    "-,5",
    "1.234,5",
    "\"1",
    "\"\"",
    "\"1,5\"",
    "\"a\"\"b\"",
    "\"1\"",
    "'1'",
    "NaN",
    "99999999.99",
    "123456789012.34",
    "1234567890123",
    "-12345678",
    "A12",
    "a_b",
    "ND",
    "NR",
    "_T",
    "12345",
    "9999",
    "0999",
    " 1",
    "1 ",
    "é",
    "202413",
    "2024",
    "\0",
    "\r",
    "\r\n",
    "\n",
    ";",
    ";;",
    "1;1",
    "\u00a0",
    "１",
    "12345678",
    "-1234567",
    "1.2.3",
    "--1",
  };
  private static final byte[] BYTES =
      "0123456789.;;-_ \n\n\r\t\"',+eEaZ\u0000\u0001:/".getBytes(StandardCharsets.US_ASCII);

  private final Random random;
  private final List<byte[]> forms = new ArrayList<>();

  FileMutations(Random random) {
    this.random = random;
    List<String> fewer = new ArrayList<>(RawText.COLUMNS);
    fewer.removeAll(List.of("PSP_STJ_SNDS", "TOP_PS5_TRG", "FLT_ACT_NBR"));
    List<String> turned = new ArrayList<>(RawText.COLUMNS);
    Collections.reverse(turned);
    for (RawText text :
        List.of(
            new RawText(),
            new RawText(),
            new RawText().lineEnd("\r\n"),
            new RawText().withoutTrailingSeparator(),
            new RawText().withoutTrailingSeparator().columns(turned).lineEnd("\r\n"),
            new RawText().columns(fewer),
            new RawText().columns(turned),
            new RawText().start("\uFEFF").end("\n\n"))) {
      forms.add(lines(text).toString().getBytes(StandardCharsets.UTF_8));
    }
    String plain = lines(new RawText()).toString();
    for (String other :
        List.of(
            plain.replaceAll("([^;\n]+)", "\"$1\""),
            plain.replaceAll("(?m)(?<=;)(\\d+);", "\"$1\";").replace("\n", "\r\n"),
            plain.replaceAll("(\\d*)\\.(\\d+)", "$1,$2"),
            plain.replaceAll("(\\d*)\\.(\\d+)", "\"$1,$2\""),
            plain.replaceAll("(;0;1;\\d+;.*)\n", "$1\r\n").replaceFirst("\r\n", "\n"),
            plain.replaceFirst("\n", "\r\n"))) {
      forms.add(other.getBytes(StandardCharsets.UTF_8));
    }
    RawText zones = new RawText().columns(RawText.ZONE_COLUMNS);
    for (String zone : List.of("1", "1", "5", "0", "", "12")) {
      zones.acts(9, "1110", "FLX_ANN_MOI", "201303", "SOI_ANN", "2013", "BEN_RES_ZEAT", zone);
    }
    forms.add(zones.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static RawText lines(RawText text) {
    for (int i = 0; i < 6; i++) {
      text.acts(
          i < 3 ? 1 : 12 + i,
          i % 2 == 0 ? "1110" : "3313",
          "BEN_RES_REG",
          i < 4 ? "11" : "24",
          "FLT_DEP_MNT",
          i == 5 ? "-.5" : "7",
          "SOI_ANN",
          i == 2 ? "0000" : "2024");
    }
    return text;
  }

  /** Returns the bytes of the next file. */
  byte[] next() throws IOException {
    byte[] bytes = forms.get(random.nextInt(forms.size()));
    int changes = random.nextInt(3);
    for (int i = 0; i <= changes; i++) {
      bytes = change(bytes);
    }
    return switch (random.nextInt(10)) {
      case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
      case 1, 2 -> RawText.gzip(bytes);
      case 3 -> members(bytes);
      case 4 -> damaged(members(bytes));
      default -> bytes;
    };
  }

  private byte[] change(byte[] bytes) throws IOException {
    int at =
        random.nextInt(16) == 0 ? random.nextInt(640) : 640 + random.nextInt(bytes.length - 640);
    byte[] one = {BYTES[random.nextInt(BYTES.length)]};
    return switch (random.nextInt(12)) {
      case 0 -> with(bytes, at, at, one);
      case 1 -> with(bytes, at, at + 1, new byte[0]);
      case 2 -> with(bytes, at, at + 1, one);
      case 3 -> with(bytes, at, at + 1, new byte[] {(byte) (bytes[at] ^ (1 << random.nextInt(8)))});
      case 4 -> with(bytes, at, Math.min(bytes.length, at + random.nextInt(200)), new byte[0]);
      case 5 ->
          with(
              bytes,
              at,
              at,
              Arrays.copyOfRange(bytes, Math.min(640, at), at)); // lines put in a line
      case 6 -> random.nextInt(8) == 0 ? with(bytes, at, at, longText()) : bytes;
      default -> withField(bytes, at);
    };
  }

  /** Replaces the field around a position. */
  private byte[] withField(byte[] bytes, int at) throws IOException {
    int from = at;
    while (from > 0 && bytes[from - 1] != ';' && bytes[from - 1] != '\n') {
      from--;
    }
    int to = at;
    while (to < bytes.length && bytes[to] != ';' && bytes[to] != '\n') {
      to++;
    }
    String value = VALUES[random.nextInt(VALUES.length)];
    return with(bytes, from, Math.max(from, to), value.getBytes(StandardCharsets.UTF_8));
  }

  private byte[] longText() {
    byte[] text = new byte[random.nextInt(40_000)];
    Arrays.fill(text, (byte) (random.nextBoolean() ? '7' : ';'));
    return text;
  }

  private static byte[] with(byte[] bytes, int from, int to, byte[] value) throws IOException {
    ByteArrayOutputStream changed = new ByteArrayOutputStream();
    changed.write(bytes, 0, from);
    changed.write(value);
    changed.write(bytes, Math.min(to, bytes.length), bytes.length - Math.min(to, bytes.length));
    return changed.toByteArray();
  }

  private byte[] members(byte[] bytes) throws IOException {
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    int from = 0;
    while (from < bytes.length) {
      int to = Math.min(bytes.length, from + 1 + random.nextInt(bytes.length));
      members.write(RawText.gzip(Arrays.copyOfRange(bytes, from, to)));
      from = to;
    }
    return members.toByteArray();
  }

  private byte[] damaged(byte[] bytes) {
    byte[] changed = bytes.clone();
    changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
    return random.nextBoolean() ? changed : Arrays.copyOf(bytes, random.nextInt(bytes.length));
  }
}
