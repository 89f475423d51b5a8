package org.switchwright.cluster;

import java.util.Set;
import java.util.TreeSet;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.ClusterEvent.CurrentClusterState;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;

/** What this node knows of the others; asking costs a walk over a few members and no message. */
final class Neighbourhood {
  private final Cluster cluster;

  Neighbourhood(ActorSystem<?> system) {
    this.cluster = Cluster.get(system);
  }

  /** Whether another node that is up and can be reached bears this role. */
  boolean has(String role) {
    CurrentClusterState state = cluster.state();
    for (Member member : state.getMembers()) {
      if (member.hasRole(role)
          && !member.uniqueAddress().equals(cluster.selfMember().uniqueAddress())
          && member.status().equals(MemberStatus.up())
          && !state.getUnreachable().contains(member)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a node of this address is still a member. */
  boolean contains(Address address) {
    for (Member member : cluster.state().getMembers()) {
      if (member.address().equals(address)) {
        return true;
      }
    }
    return false;
  }

  /** Roles of other members that begin so. */
  Set<String> othersRoles(String prefix) {
    Set<String> roles = new TreeSet<>();
    for (Member member : cluster.state().getMembers()) {
      if (!member.uniqueAddress().equals(cluster.selfMember().uniqueAddress())) {
        member.getRoles().stream().filter(role -> role.startsWith(prefix)).forEach(roles::add);
      }
    }
    return roles;
  }
}
