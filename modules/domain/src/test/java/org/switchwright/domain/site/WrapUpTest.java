package org.switchwright.domain.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.switchwright.domain.site.Sites.*;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.switchwright.domain.Decision.Reason;
import org.switchwright.domain.Given;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.agent.Wish;
import org.switchwright.domain.call.CallOutcome;
import org.switchwright.domain.call.TreatmentMode;
import org.switchwright.domain.routing.Destination;
import org.switchwright.domain.site.SiteAgent.Work;
import org.switchwright.domain.site.SiteConfiguration.Delays;
import org.switchwright.domain.site.SiteConfiguration.Queue;
import org.switchwright.domain.site.SiteConfiguration.RoutingPoint;

/** Wrap-up is as long as its own queue says, whatever happens meanwhile, and ends by itself. */
class WrapUpTest {
  private static final Duration SHORT = Duration.ofSeconds(5);
  private static final Instant END = NOW.plusSeconds(60);
  private static final Instant UNTIL = END.plus(WRAP_UP);
  private static final OfferId SECOND = new OfferId(C2, 1);

  private static Queue queue(QueueId id, Duration wrapUp) {
    return new Queue(
        id,
        levels(TALK, 3),
        10,
        Duration.ofHours(1),
        Optional.empty(),
        RING,
        wrapUp,
        TreatmentMode.EARLY_MEDIA);
  }

  private static SiteConfiguration configuration(Duration sales) {
    return new SiteConfiguration(
        List.of(queue(SALES, sales), queue(SERVICE, SHORT)),
        List.of(new RoutingPoint(HOTLINE, SALES, 0), new RoutingPoint(HELP, SERVICE, 0)),
        new Delays(REJECTED, BUSY),
        List.of("break"));
  }

  /** A site whose journal is at hand, so that it can be read again. */
  static final class Replayed {
    private final List<SiteEvent> journal = new ArrayList<>();
    private Given<Site.Command, SiteEvent, SiteState> site =
        Given.given(Site.AGGREGATE, "berlin", List.of());

    void at(Instant now, Site.Command... commands) {
      for (Site.Command command : commands) {
        Given.Outcome<Site.Command, SiteEvent, SiteState> outcome = site.when(command, now);
        journal.addAll(outcome.events());
        restart();
      }
    }

    /** Only the journal is left, as after any restart. */
    void restart() {
      site = Given.given(Site.AGGREGATE, "berlin", journal);
    }

    Work anna() {
      return site.state().agents().get(ANNA).work();
    }
  }

  /** Anna wraps up after a conversation of the queue with the longer wrap-up. */
  private static Replayed wrappingUp() {
    Replayed record = new Replayed();
    record.at(NOW, new Site.Configure(configuration(WRAP_UP)), ready(ANNA, 1), notReady(BEN, 1));
    record.at(NOW, seek(C1), new Site.OfferAccepted(FIRST));
    record.at(END, new Site.CallOver(C1, CallOutcome.SERVED, List.of()));
    return record;
  }

  enum Meanwhile {
    NOTHING {
      @Override
      void happens(Replayed record, Instant now) {}
    },
    A_CALL_OF_THE_SAME_QUEUE {
      @Override
      void happens(Replayed record, Instant now) {
        record.at(now, seek(C3, HOTLINE, now));
      }
    },
    A_CALL_OF_A_QUEUE_WITH_A_SHORTER_ONE {
      @Override
      void happens(Replayed record, Instant now) {
        record.at(now, seek(C3, HELP, now));
      }
    },
    A_CALLER_SENT_ON_TO_HER {
      @Override
      void happens(Replayed record, Instant now) {
        bensCaller(record, now);
        record.at(now, new Site.Transfer(SECOND, new Destination.ToAgent(ANNA), true));
      }
    },
    A_CALLER_SENT_ON_TO_HER_QUEUE {
      @Override
      void happens(Replayed record, Instant now) {
        bensCaller(record, now);
        record.at(now, new Site.Transfer(SECOND, new Destination.ToQueue(SERVICE), true));
      }
    },
    A_QUESTION_OF_A_COLLEAGUE {
      @Override
      void happens(Replayed record, Instant now) {
        bensCaller(record, now);
        record.at(now, new Site.Consult(SECOND, 1, new Destination.ToQueue(SERVICE)));
      }
    },
    A_BREAK {
      @Override
      void happens(Replayed record, Instant now) {
        record.at(now, notReady(ANNA, 2), ready(ANNA, 3));
      }
    },
    A_LOG_OUT {
      @Override
      void happens(Replayed record, Instant now) {
        record.at(now, report(ANNA, 2, new Wish.LoggedOut(), TALK, 5), ready(ANNA, 3));
      }
    },
    A_LOST_PHONE {
      @Override
      void happens(Replayed record, Instant now) {
        record.at(
            now, report(ANNA, 2, 0, new Wish.Ready(), Optional.empty(), TALK, 5), ready(ANNA, 3));
      }
    },
    A_SHORTER_ONE_CONFIGURED {
      @Override
      void happens(Replayed record, Instant now) {
        record.at(now, new Site.Configure(configuration(SHORT)));
      }
    },
    A_RESTART {
      @Override
      void happens(Replayed record, Instant now) {
        record.restart();
      }
    };

    abstract void happens(Replayed record, Instant now);

    private static void bensCaller(Replayed record, Instant now) {
      record.at(now, ready(BEN, 2), seek(C2, HOTLINE, now), new Site.OfferAccepted(SECOND));
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldNotBeShortenedByAnything(Meanwhile meanwhile) {
    Replayed record = wrappingUp();

    meanwhile.happens(record, END.plusSeconds(2));
    record.restart();

    assertThat(record.anna()).isEqualTo(new Work.WrappingUp(UNTIL));
    assertThat(Site.AGGREGATE.due(record.site.state()))
        .hasValueSatisfying(due -> assertThat(due).isBeforeOrEqualTo(UNTIL));
    Given.Outcome<Site.Command, SiteEvent, SiteState> early =
        record.site.when(new Site.Expire(), UNTIL.minusMillis(1));
    assertThat(early.state().agents().get(ANNA).work()).isEqualTo(new Work.WrappingUp(UNTIL));
    assertThat(record.site.when(new Site.Expire(), UNTIL).events())
        .contains(new SiteEvent.WrapUpEnded(UNTIL, ANNA, false));
  }

  /** A call that was sent on is wrapped up as each of its queues says. */
  @ParameterizedTest
  @CsvSource({"hotline, 20", "help, 5"})
  void shouldBeThatOfTheQueueThatTheConversationWasOf(String point, int seconds) {
    Replayed record = new Replayed();
    record.at(NOW, new Site.Configure(configuration(WRAP_UP)), ready(ANNA, 1));
    record.at(NOW, seek(C1, new org.switchwright.domain.RoutingPointId(point), NOW));
    record.at(NOW, new Site.OfferAccepted(FIRST));

    record.at(END, new Site.Transfer(FIRST, new Destination.ToQueue(SERVICE), true));

    assertThat(record.anna()).isEqualTo(new Work.WrappingUp(END.plusSeconds(seconds)));
  }

  @Test
  void shouldKeepAnExtensionThroughARestart() {
    Replayed record = wrappingUp();
    Instant longer = UNTIL.plusSeconds(30);

    record.at(END.plusSeconds(2), new Site.ExtendWrapUp(ANNA, Duration.ofSeconds(30)));
    record.restart();

    assertThat(record.anna()).isEqualTo(new Work.WrappingUp(longer));
    record.site.when(new Site.Expire(), UNTIL).thenRefused(Reason.OUT_OF_ORDER);
    record
        .site
        .when(new Site.Expire(), longer)
        .then(new SiteEvent.WrapUpEnded(longer, ANNA, false));
  }
}
