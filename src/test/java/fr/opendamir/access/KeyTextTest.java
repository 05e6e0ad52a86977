package fr.opendamir.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyTextTest {
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  private final SecureRandom secure = new SecureRandom();

  @Test
  void aKeyIsParsedAgainAndHasTheSameHash() {
    KeyText key = KeyText.generate(secure);
    assertThat(key.reveal()).matches("odk_[0-9A-Za-z]{38}");
    assertThat(KeyText.parse(key.reveal()).map(KeyText::hash)).contains(key.hash());
    assertThat(key.hash()).matches("[0-9a-f]{64}");
    assertThat(key.reveal()).startsWith(key.prefix());
    assertThat(key.prefix()).hasSize(12);
  }

  /** Computed with other tools: crc32 and sha256sum of the text. */
  @Test
  void checksumAndHashAreThoseOfOtherTools() {
    String text = "odk_0123456789ABCDEFGHIJKLMNOPQRSTUV" + "24NQrn";
    assertThat(KeyText.parse(text)).isPresent();
    assertThat(KeyText.parse(text).orElseThrow().hash())
        .isEqualTo("5cd2c9aa126de0ca6e9ca12bd30147417a8c0191e6fb227b05c587679ddfa220");
  }

  @Test
  void keysDoNotRepeat() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      assertThat(seen.add(KeyText.generate(secure).reveal())).isTrue();
    }
  }

  @Test
  void everySubstitutionOfOneCharacterIsRefused() {
    String key = KeyText.generate(secure).reveal();
    for (int i = 0; i < key.length(); i++) {
      for (int digit = 0; digit < DIGITS.length(); digit++) {
        char other = DIGITS.charAt(digit);
        if (other != key.charAt(i)) {
          String typo = key.substring(0, i) + other + key.substring(i + 1);
          assertThat(KeyText.parse(typo)).as(typo).isEmpty();
        }
      }
    }
  }

  @Test
  void everyTranspositionOfNeighboursIsRefused() {
    for (int n = 0; n < 500; n++) {
      String key = KeyText.generate(secure).reveal();
      for (int i = 0; i + 1 < key.length(); i++) {
        char[] typo = key.toCharArray();
        typo[i] = key.charAt(i + 1);
        typo[i + 1] = key.charAt(i);
        if (typo[i] != typo[i + 1]) {
          assertThat(KeyText.parse(new String(typo))).as(new String(typo)).isEmpty();
        }
      }
    }
  }

  @Test
  void whatIsDrawnAtRandomIsNoKey() {
    Random random = new Random(20_261_124);
    for (int n = 0; n < 20_000; n++) {
      StringBuilder text = new StringBuilder("odk_");
      while (text.length() < 42) {
        text.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
      }
      assertThat(KeyText.parse(text.toString())).isEmpty();
    }
  }

  @Test
  void whatIsCutOffOrOfAnotherFormIsRefused() {
    String key = KeyText.generate(secure).reveal();
    for (int length = 0; length < key.length(); length++) {
      assertThat(KeyText.parse(key.substring(0, length))).isEmpty();
    }
    assertThat(KeyText.parse(key + "0")).isEmpty();
    assertThat(KeyText.parse(" " + key)).isEmpty();
    assertThat(KeyText.parse(key.replace("odk_", "ODK_"))).isEmpty();
    assertThat(KeyText.parse("odk_" + "é".repeat(38))).isEmpty();
    assertThat(KeyText.parse("odk_" + "😀".repeat(19))).isEmpty();
  }

  @Test
  void itsTextDoesNotSlipOut() {
    KeyText key = KeyText.generate(secure);
    assertThat(key.toString()).isEqualTo(key.prefix() + "…");
    assertThat(new IssuedKey(key, FakeKeyStore.record(1)).toString()).doesNotContain(key.reveal());
  }
}
