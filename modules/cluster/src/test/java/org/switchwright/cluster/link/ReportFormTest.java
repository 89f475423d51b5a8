package org.switchwright.cluster.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.KeyId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.Skill;
import org.switchwright.domain.agent.Wish;
import org.switchwright.domain.network.Report;
import org.switchwright.domain.network.Trouble;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.journal.format.EventFormat;
import org.switchwright.journal.format.SealedPersonal;

class ReportFormTest {
  private static final String REPORTED =
      """
      {"id": "x", "name": "site.agent-reported/1", "at": "2026-03-02T09:00:00Z",
       "entity": {"kind": "site", "id": "berlin", "sequence": 17},
       "data": {"agent": "anna", "version": 4, "judged": 0, "wish": {"is": "ready"},
                "skills": {"sales": 5}, "station": {"masked": true}, "added-later": 1}}
      """;

  private final ReportForm form =
      new ReportForm(new EventFormat(new SealedPersonal()), new SiteId("berlin"));

  @Test
  void shouldKnowThatThereIsAPhoneAndNotWhich() throws LinkFailure {
    TreeMap<Skill, Integer> skills = new TreeMap<>();
    skills.put(new Skill("sales"), 5);

    assertThat(form.read(REPORTED))
        .isEqualTo(
            new Report(
                17,
                new SiteEvent.AgentReported(
                    Instant.parse("2026-03-02T09:00:00Z"),
                    new AgentId("anna"),
                    4,
                    0,
                    new Wish.Ready(),
                    skills,
                    Optional.of(new Personal.Erased(new KeyId("masked"))))));
  }

  @Test
  void shouldTellWhyItCannotFollow() {
    fails(REPORTED.replace("berlin", "hamburg"), Trouble.ANOTHER_SITE, "site hamburg");
    fails(REPORTED.replace("\"kind\": \"site\"", "\"kind\": \"call\""), Trouble.ANOTHER_SITE, "");
    fails(REPORTED.replace("reported/1", "reported/99"), Trouble.UNREADABLE, "reported/99'");
    fails(REPORTED.replace("\"version\": 4,", ""), Trouble.UNREADABLE, "reported/1'");
    fails(REPORTED.replace("site.agent", "agent.wish"), Trouble.UNREADABLE, "");
    fails("{\"id\":", Trouble.UNREADABLE, "JSON");
    fails("17", Trouble.ANOTHER_SITE, "");
  }

  private void fails(String text, Trouble trouble, String says) {
    assertThatThrownBy(() -> form.read(text))
        .isInstanceOfSatisfying(
            LinkFailure.class, it -> assertThat(it.trouble()).isEqualTo(trouble))
        .hasMessageContaining(says);
  }
}
