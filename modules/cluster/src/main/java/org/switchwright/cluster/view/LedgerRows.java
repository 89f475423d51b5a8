package org.switchwright.cluster.view;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.Skill;
import org.switchwright.domain.routing.OfferOutcome;
import org.switchwright.domain.statistics.Offering;
import org.switchwright.domain.statistics.Stint;
import org.switchwright.domain.statistics.Visit;

/** How visits, offerings and stints stand in tables. */
final class LedgerRows {
  static final String VISIT =
      "site, call_id, number, queue, skills, arrived_at, entered_at, left_at, how, sent_on";

  static final String OFFERING =
      "site, call_id, offer, queue, skills, agent, offered_at, ended_at, outcome, talked_until,"
          + " handled_until, consulting_since, consulted_ms";

  static final String STINT =
      "site, agent, number, from_at, to_at, wanted, reason, station, doing, queue, version, judged";

  private LedgerRows() {}

  static List<Visit> visits(ResultSet result) throws SQLException {
    List<Visit> visits = new ArrayList<>();
    Cells cells = new Cells(result);
    while (cells.next()) {
      visits.add(
          new Visit(
              new SiteId(cells.text()),
              new CallId(cells.text()),
              cells.count(),
              new QueueId(cells.text()),
              skills(cells.textsInOrder()),
              cells.at(),
              cells.at(),
              cells.atOrNull(),
              cells.constantIfAny(Visit.Left.class).orElse(null),
              cells.flag()));
    }
    return visits;
  }

  static void write(Parameters parameters, Visit it) throws SQLException {
    parameters
        .text(it.site().value())
        .text(it.call().value())
        .number(it.number())
        .text(it.queue().value())
        .texts(texts(it.skills()))
        .at(it.arrivedAt())
        .at(it.enteredAt())
        .at(it.leftAt())
        .name(it.left())
        .flag(it.sentOn())
        .addToBatch();
  }

  static List<Offering> offerings(ResultSet result) throws SQLException {
    List<Offering> offerings = new ArrayList<>();
    Cells cells = new Cells(result);
    while (cells.next()) {
      offerings.add(
          new Offering(
              new SiteId(cells.text()),
              new OfferId(new CallId(cells.text()), cells.count()),
              new QueueId(cells.text()),
              skills(cells.textsInOrder()),
              new AgentId(cells.text()),
              cells.at(),
              cells.atOrNull(),
              cells.constantIfAny(OfferOutcome.class).orElse(null),
              cells.atOrNull(),
              cells.atOrNull(),
              cells.atOrNull(),
              cells.number()));
    }
    return offerings;
  }

  static void write(Parameters parameters, Offering it) throws SQLException {
    parameters
        .text(it.site().value())
        .text(it.offer().call().value())
        .number(it.offer().number())
        .text(it.queue().value())
        .texts(texts(it.skills()))
        .text(it.agent().value())
        .at(it.offeredAt())
        .at(it.endedAt())
        .name(it.outcome())
        .at(it.talkedUntil())
        .at(it.handledUntil())
        .at(it.consultingSince())
        .number(it.consultedMs())
        .at(it.overAt())
        .addToBatch();
  }

  static List<Stint> stints(ResultSet result) throws SQLException {
    List<Stint> stints = new ArrayList<>();
    Cells cells = new Cells(result);
    while (cells.next()) {
      stints.add(
          new Stint(
              new SiteId(cells.text()),
              new AgentId(cells.text()),
              cells.count(),
              cells.at(),
              cells.atOrNull(),
              new Stint.Standing(
                  cells.constant(Stint.Wanted.class),
                  Optional.ofNullable(cells.textOrNull()),
                  cells.flag(),
                  cells.constant(Stint.Doing.class),
                  queue(cells.textOrNull()),
                  cells.number(),
                  cells.number())));
    }
    return stints;
  }

  static void write(Parameters parameters, Stint it) throws SQLException {
    Stint.Standing standing = it.standing();
    parameters
        .text(it.site().value())
        .text(it.agent().value())
        .number(it.number())
        .at(it.from())
        .at(it.to())
        .name(standing.wanted())
        .text(standing.reason().orElse(null))
        .flag(standing.station())
        .name(standing.doing())
        .text(standing.queue().map(QueueId::value).orElse(null))
        .number(standing.version())
        .number(standing.judged())
        .addToBatch();
  }

  private static Optional<QueueId> queue(@Nullable String value) {
    return Optional.ofNullable(value).map(QueueId::new);
  }

  static List<Skill> skills(List<String> values) {
    return values.stream().map(Skill::new).toList();
  }

  private static List<String> texts(List<Skill> skills) {
    return skills.stream().map(Skill::value).toList();
  }
}
