package org.switchwright.journal.store;

import java.sql.SQLException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.persistence.jdbc.config.JournalConfig;
import org.apache.pekko.persistence.jdbc.journal.dao.DefaultJournalDao;
import org.apache.pekko.persistence.jdbc.journal.dao.JournalTables.JournalPekkoSerializationRow;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.stream.Materializer;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;
import scala.collection.immutable.Seq;
import scala.collection.immutable.Set;
import scala.concurrent.ExecutionContext;
import scala.concurrent.Future;
import scala.jdk.javaapi.FutureConverters;
import scala.runtime.BoxedUnit;
import slick.jdbc.JdbcBackend.JdbcDatabaseDef;
import slick.jdbc.JdbcProfile;

/**
 * Keeps a conflict between two writers of one entity from harming others.
 *
 * <p>The plugin writes the rows of many entities in one transaction, so one refused row (SQLSTATE
 * 23505: that sequence number is taken) refuses them all. Such a transaction was rolled back whole,
 * hence each member is tried alone, once: the innocent succeed, the stale writer is refused again.
 * After any other failure nothing is repeated: the outcome of a lost connection is unknown, and
 * only recovery can tell.
 *
 * <p>Made by the plugin, by the name in {@code jdbc-journal.dao}.
 */
public final class FencedJournalDao extends DefaultJournalDao {
  private static final String UNIQUE_VIOLATION = "23505";

  private final WriteConflicts conflicts;
  private final WriteTimes times;

  public FencedJournalDao(
      JdbcDatabaseDef database,
      JdbcProfile profile,
      JournalConfig journalConfig,
      Serialization serialization,
      ExecutionContext executionContext,
      Materializer materializer) {
    super(database, profile, journalConfig, serialization, executionContext, materializer);
    this.conflicts = WriteConflicts.of(serialization.system());
    this.times = WriteTimes.of(serialization.system());
  }

  @Override
  public Future<BoxedUnit> queueWriteJournalRows(
      Seq<Tuple2<JournalPekkoSerializationRow, Set<String>>> rows) {
    long began = System.nanoTime();
    CompletionStage<BoxedUnit> batched = FutureConverters.asJava(super.queueWriteJournalRows(rows));
    return FutureConverters.asScala(
        batched
            .exceptionallyCompose(failure -> {
              if (!isConflict(failure)) {
                return batched;
              }
              conflicts.countRetried();
              return writeAlone(rows);
            })
            .whenComplete((done, failure) -> {
              if (failure == null) {
                times.wrote(System.nanoTime() - began);
              }
            }));
  }

  private CompletionStage<BoxedUnit> writeAlone(
      Seq<Tuple2<JournalPekkoSerializationRow, Set<String>>> rows) {
    return FutureConverters.asJava(writeJournalRows(rows))
        .whenComplete((done, failure) -> {
          if (isConflict(failure)) {
            conflicts.countRefused();
          }
        });
  }

  static boolean isConflict(@Nullable Throwable failure) {
    // Bounded, because chains of causes may be circular.
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < 10; depth++) {
      if (cause instanceof SQLException sql && UNIQUE_VIOLATION.equals(sql.getSQLState())) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }
}
