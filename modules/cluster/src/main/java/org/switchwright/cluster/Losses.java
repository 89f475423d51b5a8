package org.switchwright.cluster;

import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.ClusterEvent.MemberRemoved;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Subscribe;

/** Tells when a node has left the cluster, in order or not. */
final class Losses {
  private Losses() {}

  /**
   * Runs until its system ends.
   *
   * @param lost must not block
   */
  static Behavior<MemberRemoved> create(Runnable lost) {
    return Behaviors.setup(context -> {
      Cluster cluster = Cluster.get(context.getSystem());
      cluster.subscriptions().tell(Subscribe.create(context.getSelf(), MemberRemoved.class));
      return Behaviors.receiveMessage(removed -> {
        if (!cluster.selfMember().status().equals(MemberStatus.up())) {
          // It is this node that leaves; the others stay.
          return Behaviors.same();
        }
        context.getLog().info("{} has left the cluster", removed.member().address());
        lost.run();
        return Behaviors.same();
      });
    });
  }
}
