package fr.opendamir.attack;

import java.util.OptionalLong;
import java.util.function.IntSupplier;

/** Counts what an attack estimated against the truth. */
final class Score {
  private static final int VALUES = 11;

  private final String attack;
  private final IntSupplier questions;
  private final int questionsBefore;
  private final int[] attackedByValue = new int[VALUES];
  private boolean claimsCertainty;
  private int attempts;
  private int estimates;
  private int hits;
  private String example = "";

  Score(String attack, AttackClient client) {
    this(attack, client::questions);
  }

  Score(String attack, IntSupplier questions) {
    this.attack = attack;
    this.questions = questions;
    this.questionsBefore = questions.getAsInt();
  }

  /** A guess is no certainty, so that guessing is no measure of such an attack: one hit is one. */
  Score claimingCertainty() {
    claimsCertainty = true;
    return this;
  }

  /** An estimate of a small cell, or none. */
  void cell(TrueCell cell, OptionalLong estimate) {
    attempts++;
    attackedByValue[Math.toIntExact(cell.quantity())]++;
    if (estimate.isPresent()) {
      estimates++;
      if (estimate.getAsLong() == cell.quantity()) {
        hit(cell.toString());
      }
    }
  }

  /** A figure of fewer than eleven persons: whether one was named, and the right one. */
  void figure(boolean named, boolean right, String what) {
    attempts++;
    if (named) {
      estimates++;
    }
    if (right) {
      hit(what);
    }
  }

  /** A comparison that should show nothing. */
  void comparison(boolean differs, String what) {
    attempts++;
    estimates++;
    if (differs) {
      hit(what);
    }
  }

  AttackResult result() {
    int mostFrequent = 0;
    for (int attacked : attackedByValue) {
      mostFrequent = Math.max(mostFrequent, attacked);
    }
    return new AttackResult(
        attack,
        attempts,
        estimates,
        hits,
        claimsCertainty ? 0 : mostFrequent,
        questions.getAsInt() - questionsBefore,
        example);
  }

  private void hit(String what) {
    if (hits == 0) {
      example = what;
    }
    hits++;
  }
}
