package fr.opendamir.answer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.access.Allowances;
import fr.opendamir.access.Caller;
import fr.opendamir.access.Degradation;
import fr.opendamir.access.Grant;
import fr.opendamir.access.Plan;
import fr.opendamir.access.PolicyStanding;
import fr.opendamir.access.Quota;
import fr.opendamir.access.TooManyAtOnceException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class AnswerServiceTest {
  private static final AnswerKey KEY = new AnswerKey("\"a\"", List.of());
  private static final EncodedAnswer ANSWER =
      EncodedAnswer.of(KEY.tag(), List.of(), "body".getBytes(UTF_8), 3);

  private final AnswerService answers = new AnswerService(new AnswerCache(() -> 1));
  private final Purse purse = new Purse(20);
  private final RequestAccount account = account(purse);
  private final AtomicInteger started = new AtomicInteger();
  private UniEmitter<? super EncodedAnswer> running;

  /** An allowance of so many units. */
  private static final class Purse implements Allowances {
    private static final String NAME = PolicyStanding.BURST;
    private long left;

    Purse(long left) {
      this.left = left;
    }

    @Override
    public Grant takeRequest(Caller caller) {
      return new Grant(List.of(), List.of());
    }

    @Override
    public Optional<Grant> takeNow(Caller caller, long units) {
      if (units > left) {
        return Optional.of(new Grant(List.of(standing()), List.of(NAME)));
      }
      left -= units;
      return Optional.of(new Grant(List.of(standing()), List.of()));
    }

    @Override
    public Uni<Grant> take(Caller caller, long units) {
      return Uni.createFrom().item(() -> takeNow(caller, units).orElseThrow());
    }

    @Override
    public void refund(Caller caller, long taken, long price) {
      left += taken - price;
    }

    @Override
    public Uni<List<PolicyStanding>> standing(Caller caller) {
      return Uni.createFrom().item(List.of(standing()));
    }

    private PolicyStanding standing() {
      return new PolicyStanding(NAME, 20, 60, left, 30);
    }

    @Override
    public Optional<Degradation> degradation() {
      return Optional.empty();
    }
  }

  private static RequestAccount account(Purse purse) {
    Quota quota = new Quota(20, Duration.ofMinutes(1));
    Plan plan = new Plan("test", quota, quota, quota, 8, 0);
    return RequestAccount.of(Caller.ofKey("1", plan), purse, new Grant(List.of(), List.of()));
  }

  private static AnswerRequest request(RequestAccount account, boolean isHeadOnly) {
    return new AnswerRequest(account, DatabaseTurns.unlimited(account), isHeadOnly, key -> false);
  }

  private AnswerRequest request() {
    return request(account, false);
  }

  /** Costs 10 units at most and 2 without an answer. */
  private Work priced() {
    return new Work.Priced(10, 2, charge -> compute());
  }

  private Work metered() {
    return new Work.Metered(this::compute);
  }

  private Uni<EncodedAnswer> compute() {
    started.incrementAndGet();
    return Uni.createFrom().emitter(emitter -> running = emitter);
  }

  private UniAssertSubscriber<Answer> ask(AnswerRequest request, Supplier<Work> work) {
    return answers
        .answer(request, KEY, work)
        .subscribe()
        .withSubscriber(UniAssertSubscriber.create());
  }

  private static Work noWork() {
    throw new AssertionError("no work is needed");
  }

  @Test
  void anAnswerThatTheClientHasIsFreeAndTakesNoWork() {
    AnswerRequest unchanged =
        new AnswerRequest(account, DatabaseTurns.unlimited(account), false, KEY::equals);

    ask(unchanged, AnswerServiceTest::noWork).assertItem(new Answer.NotModified(KEY));

    assertThat(purse.left).isEqualTo(20);
  }

  @Test
  void whatIsPaidInAdvanceAndNotUsedIsGivenBack() {
    UniAssertSubscriber<Answer> asked = ask(request(), this::priced);
    assertThat(purse.left).isEqualTo(10);

    running.complete(ANSWER);

    asked.assertItem(ANSWER);
    assertThat(purse.left).isEqualTo(17);
    assertThat(account.units()).isEqualTo(3);
    assertThat(account.source()).isEqualTo(AnswerSource.OTHER);
  }

  @Test
  void aCachedAnswerCostsTheSameAndTakesNoWork() {
    ask(request(), this::priced);
    running.complete(ANSWER);
    RequestAccount other = account(purse);

    ask(request(other, false), AnswerServiceTest::noWork).assertItem(ANSWER);

    assertThat(other.units()).isEqualTo(3);
    assertThat(other.source()).isEqualTo(AnswerSource.KEPT);
    assertThat(answers.isCached(KEY)).isTrue();
  }

  @Test
  void theHeadOfACachedAnswerIsFree() {
    ask(request(), this::priced);
    running.complete(ANSWER);

    ask(request(account, true), AnswerServiceTest::noWork).assertItem(ANSWER);

    assertThat(purse.left).isEqualTo(17);
  }

  @Test
  void aCachedAnswerThatIsTooDearIsRefused() {
    ask(request(), this::priced);
    running.complete(ANSWER);
    RequestAccount poor = account(new Purse(2));

    ask(request(poor, false), AnswerServiceTest::noWork)
        .assertFailedWith(QuotaExceededException.class);

    assertThat(poor.units()).isZero();
    assertThat(poor.retryAfterSeconds()).isEqualTo(30);
  }

  @Test
  void withoutTheHighestPriceNoWorkBegins() {
    ask(request(account(new Purse(9)), false), this::priced)
        .assertFailedWith(QuotaExceededException.class);

    assertThat(started).hasValue(0);
  }

  @Test
  void requestsThatWaitShareTheWorkAndPayAlike() {
    Purse othersPurse = new Purse(20);
    RequestAccount other = account(othersPurse);
    UniAssertSubscriber<Answer> first = ask(request(), this::priced);
    UniAssertSubscriber<Answer> second = ask(request(other, false), this::priced);

    running.complete(ANSWER);

    first.assertItem(ANSWER);
    second.assertItem(ANSWER);
    assertThat(started).hasValue(1);
    assertThat(purse.left).isEqualTo(17);
    assertThat(othersPurse.left).isEqualTo(17);
    assertThat(other.source()).isEqualTo(AnswerSource.SHARED);
  }

  @Test
  void aFailureThatConcernsOneCallerIsNotPassedOn() {
    UniAssertSubscriber<Answer> first = ask(request(), this::priced);
    UniAssertSubscriber<Answer> second = ask(request(account(purse), false), this::priced);

    running.fail(new TooManyAtOnceException(8));

    first.assertFailedWith(TooManyAtOnceException.class);
    second.assertNotTerminated();
    assertThat(started).hasValue(2);
    running.complete(ANSWER);
    second.assertItem(ANSWER);
  }

  @Test
  void aFailureOfTheServiceIsPassedOnAndNotCached() {
    UniAssertSubscriber<Answer> first = ask(request(), this::priced);
    UniAssertSubscriber<Answer> second = ask(request(account(purse), false), this::priced);

    running.fail(new IllegalStateException("of the service"));

    first.assertFailedWith(IllegalStateException.class);
    second.assertFailedWith(IllegalStateException.class);
    assertThat(purse.left).isEqualTo(20);
    assertThat(answers.isCached(KEY)).isFalse();
  }

  @Test
  void whatIsMeteredIsPaidForByRequestsThatWaitedOnly() {
    Purse othersPurse = new Purse(20);
    ask(request(), this::metered);
    ask(request(account(othersPurse), false), this::metered);

    running.complete(ANSWER);

    assertThat(purse.left).isEqualTo(20); // its own request pays while it works
    assertThat(othersPurse.left).isEqualTo(17);
  }

  /** An answer with errors that cost 5 units. */
  private static final class WithErrors extends NotCachedException {
    private static final long serialVersionUID = 1L;
    private final boolean isPersonal;

    WithErrors(boolean isPersonal) {
      this.isPersonal = isPersonal;
    }

    @Override
    public long units() {
      return 5;
    }

    @Override
    public boolean isPersonal() {
      return isPersonal;
    }
  }

  @Test
  void anAnswerWithErrorsIsPaidForAndNotCached() {
    Purse othersPurse = new Purse(20);
    ask(request(), this::metered);
    UniAssertSubscriber<Answer> waiting = ask(request(account(othersPurse), false), this::metered);

    running.fail(new WithErrors(false));

    waiting.assertFailedWith(WithErrors.class);
    assertThat(othersPurse.left).isEqualTo(15);
    assertThat(answers.isCached(KEY)).isFalse();
  }

  @Test
  void errorsOfOneCallerAreNotPassedOn() {
    ask(request(), this::metered);
    UniAssertSubscriber<Answer> waiting = ask(request(account(purse), false), this::metered);

    running.fail(new WithErrors(true));

    waiting.assertNotTerminated();
    assertThat(started).hasValue(2);
  }

  @Test
  void aClientThatLeavesBeforeTheDatabaseBeganPaysNothing() {
    UniAssertSubscriber<Answer> asked = ask(request(), this::priced);

    asked.cancel();

    assertThat(purse.left).isEqualTo(20);
  }
}
